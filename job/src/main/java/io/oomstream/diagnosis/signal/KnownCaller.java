package io.oomstream.diagnosis.signal;

import io.oomstream.event.AnomalySignal.Judgement;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Code of the kernel whose failed allocations have a known outcome, by the functions of the trace.
 * The first in this order that stands in the trace has the say: those that can't help themselves
 * before those that can.
 */
public enum KnownCaller {
  /** kernel/fork.c: the fork returns ENOMEM, or EAGAIN. */
  FORK(
      Judgement.HARMFUL,
      "copy_process",
      "dup_task_struct",
      "alloc_thread_stack_node",
      "alloc_task_struct_node"),
  /** kernel/module/main.c. */
  MODULE(Judgement.HARMFUL, "load_module", "module_alloc", "init_module_from_file"),
  /** kernel/dma: there is no smaller buffer for a device. */
  DMA_BUFFER(
      Judgement.HARMFUL,
      "dma_alloc_attrs",
      "dma_direct_alloc",
      "__dma_direct_alloc_pages",
      "dma_alloc_coherent",
      "dma_generic_alloc_coherent",
      "usb_alloc_coherent",
      "hcd_buffer_alloc"),
  /** net/core/skbuff.c and drivers: the packet is dropped and sent again, the ring refilled. */
  RECEIVE_BUFFER(
      Judgement.HARMLESS,
      "__netdev_alloc_skb",
      "netdev_alloc_skb",
      "__napi_alloc_skb",
      "napi_alloc_skb",
      "napi_alloc_skb_cached",
      "netdev_alloc_frag",
      "napi_alloc_frag",
      "page_frag_alloc",
      "__page_frag_cache_refill",
      "page_frag_alloc_align",
      "page_pool_alloc_pages",
      "__page_pool_alloc_pages_slow",
      "dev_alloc_skb",
      "try_fill_recv",
      "add_recvbuf_mergeable",
      "e1000_alloc_rx_buffers",
      "igb_alloc_rx_buffers",
      "ixgbe_alloc_rx_buffers",
      "i40e_alloc_rx_buffers",
      "mlx4_en_alloc_frags",
      "mlx5e_post_rx_wqes",
      "bnxt_alloc_rx_data",
      "net_rx_action"),
  /** drivers/net/wireless/intel/iwlwifi/pcie/rx.c: refilled by the next replenishment. */
  WIRELESS_RECEIVE(
      Judgement.HARMLESS,
      "iwl_pcie_rx_alloc_page",
      "iwl_pcie_rxq_alloc_rbs",
      "iwl_pcie_rx_allocator",
      "iwl_pcie_rx_allocator_work",
      "ath10k_htt_rx_ring_fill_n",
      "ath_rxbuf_alloc"),
  /** net/core/sock.c: skb_page_frag_refill goes on with single pages. */
  SOCKET_FRAGMENTS(
      Judgement.HARMLESS,
      "skb_page_frag_refill",
      "sk_page_frag_refill",
      "alloc_skb_with_frags",
      "sock_alloc_send_pskb"),
  /** mm/util.c: kvmalloc_node takes vmalloc next. */
  KVMALLOC(
      Judgement.HARMLESS, "kvmalloc_node", "__kvmalloc_node", "__kvmalloc_node_noprof", "kvmalloc"),
  /** mm/huge_memory.c, mm/khugepaged.c: small pages do. */
  TRANSPARENT_HUGE_PAGE(
      Judgement.HARMLESS,
      "do_huge_pmd_anonymous_page",
      "collapse_huge_page",
      "khugepaged_alloc_page",
      "khugepaged",
      "alloc_charge_hpage",
      "alloc_charge_folio",
      "alloc_anon_folio"),
  /** mm/readahead.c: less is read ahead. */
  READ_AHEAD(
      Judgement.HARMLESS,
      "__do_page_cache_readahead",
      "page_cache_ra_unbounded",
      "page_cache_ra_order"),
  /** mm/zswap.c, zsmalloc: the page goes to the swap device, or stays. */
  COMPRESSED_SWAP(
      Judgement.HARMLESS,
      "zswap_frontswap_store",
      "zswap_store",
      "zs_malloc",
      "zram_write_page",
      "zram_bvec_write"),
  /** drivers/nvme/host/pci.c: smaller pieces, or a reserve pool. */
  BLOCK_DRIVER(
      Judgement.HARMLESS,
      "nvme_alloc_host_mem",
      "nvme_map_data",
      "mempool_alloc",
      "bio_alloc_bioset"),
  /** drivers/gpu/drm/ttm/ttm_pool.c: goes down to single pages. */
  GRAPHICS_POOL(Judgement.HARMLESS, "ttm_pool_alloc", "ttm_pool_alloc_page", "__ttm_pool_alloc"),
  /** mm/hugetlb.c: the pool grows by less. */
  HUGE_PAGE_POOL(
      Judgement.HARMLESS,
      "alloc_buddy_hugetlb_folio",
      "alloc_buddy_huge_page",
      "alloc_pool_huge_page");

  private static final String UNRELIABLE = "? ";

  private final Judgement judgement;
  private final List<String> functions;

  KnownCaller(Judgement judgement, String... functions) {
    this.judgement = judgement;
    this.functions = List.of(functions);
  }

  public Judgement judgement() {
    return judgement;
  }

  private static final Map<String, KnownCaller> BY_FUNCTION = byFunction();

  private static Map<String, KnownCaller> byFunction() {
    Map<String, KnownCaller> all = new java.util.HashMap<>();
    for (KnownCaller caller : values()) {
      caller.functions.forEach(f -> all.put(f, caller));
    }
    return Map.copyOf(all);
  }

  /** Of frames that the kernel is sure of; null if none is known. */
  static @Nullable KnownCaller in(List<String> trace) {
    KnownCaller first = null;
    for (String frame : trace) {
      KnownCaller caller =
          frame.startsWith(UNRELIABLE) ? null : BY_FUNCTION.get(CallerName.base(frame));
      if (caller != null && (first == null || caller.compareTo(first) < 0)) {
        first = caller;
      }
    }
    return first;
  }
}
