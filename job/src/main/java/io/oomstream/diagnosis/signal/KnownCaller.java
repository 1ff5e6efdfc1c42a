package io.oomstream.diagnosis.signal;

import io.oomstream.diagnosis.context.CallerName;
import io.oomstream.event.AnomalySignal.Judgement;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Code of the kernel whose failed allocations have a known outcome, by the functions of the trace.
 * The first in this order that stands anywhere in the trace has the say: what goes on with less
 * comes before what it calls, and those that can't help themselves before those that can.
 */
public enum KnownCaller {
  URB_BUFFER(
      Judgement.DEGRADED,
      "drivers/media/usb/uvc/uvc_video.c: uvc_alloc_urb_buffers, halves the packets of a URB",
      "uvc_alloc_urb_buffers",
      "uvc_init_video",
      "uvc_init_video_bulk",
      "uvc_init_video_isoc",
      "uvc_video_start_transfer"),
  SOUND_BUFFER(
      Judgement.DEGRADED,
      "sound/core/memalloc.c: snd_dma_alloc_pages_fallback; sound/core/pcm_memory.c:"
          + " preallocate_pcm_pages, both halve the size",
      "snd_dma_alloc_pages_fallback",
      "preallocate_pcm_pages"),
  SCSI_BUFFER(
      Judgement.DEGRADED,
      "drivers/scsi/sg.c: sg_build_indirect; drivers/scsi/st.c: enlarge_buffer, both go down in"
          + " order",
      "sg_build_indirect",
      "sg_build_reserve",
      "enlarge_buffer"),
  FORK(
      Judgement.HARMFUL,
      "kernel/fork.c: copy_process, the fork returns ENOMEM or EAGAIN",
      "copy_process",
      "dup_task_struct",
      "alloc_thread_stack_node",
      "alloc_task_struct_node"),
  MODULE(
      Judgement.HARMFUL,
      "kernel/module/main.c: load_module",
      "load_module",
      "module_alloc",
      "init_module_from_file"),
  NETLINK_DUMP(
      Judgement.HARMLESS,
      "net/netlink/af_netlink.c: netlink_dump, tries the least size next",
      "netlink_dump"),
  DMA_BUFFER(
      Judgement.HARMFUL,
      "kernel/dma/mapping.c: dma_alloc_attrs, there is no smaller buffer for a device",
      "dma_alloc_attrs",
      "dma_direct_alloc",
      "__dma_direct_alloc_pages",
      "dma_alloc_coherent",
      "dma_generic_alloc_coherent",
      "usb_alloc_coherent",
      "hcd_buffer_alloc"),
  RECEIVE_BUFFER(
      Judgement.HARMLESS,
      "net/core/skbuff.c: __netdev_alloc_skb, __napi_alloc_skb; net/core/page_pool.c; drivers/net:"
          + " the ring is refilled by the next poll",
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
      "rx_submit",
      "rx_alloc_submit",
      "net_rx_action"),
  WIRELESS_RECEIVE(
      Judgement.HARMLESS,
      "drivers/net/wireless/intel/iwlwifi/pcie/rx.c: iwl_pcie_rxq_alloc_rbs, refilled by the next"
          + " replenishment; likewise ath10k, ath9k, mt76",
      "iwl_pcie_rx_alloc_page",
      "iwl_pcie_rxq_alloc_rbs",
      "iwl_pcie_rx_allocator",
      "iwl_pcie_rx_allocator_work",
      "ath10k_htt_rx_ring_fill_n",
      "ath_rxbuf_alloc",
      "mt76_dma_rx_fill"),
  SOCKET_FRAGMENTS(
      Judgement.HARMLESS,
      "net/core/sock.c: skb_page_frag_refill; net/core/skbuff.c: alloc_skb_with_frags, both go on"
          + " with single pages",
      "skb_page_frag_refill",
      "sk_page_frag_refill",
      "alloc_skb_with_frags",
      "sock_alloc_send_pskb"),
  SEND_BUFFER(
      Judgement.DEGRADED,
      "net/ipv4/tcp.c: tcp_stream_alloc_skb, the sender waits for memory and tries again",
      "sk_stream_alloc_skb",
      "tcp_stream_alloc_skb",
      "__tcp_retransmit_skb",
      "tcp_fragment"),
  VMALLOC(
      Judgement.HARMFUL,
      "mm/vmalloc.c: __vmalloc_area_node, takes single pages already: its caller gets none",
      "__vmalloc_area_node",
      "__vmalloc_node_range",
      "__vmalloc_node_range_noprof",
      "vm_area_alloc_pages"),
  KVMALLOC(
      Judgement.HARMLESS,
      "mm/util.c: kvmalloc_node, takes vmalloc next",
      "kvmalloc_node",
      "__kvmalloc_node",
      "__kvmalloc_node_noprof",
      "kvmalloc",
      "seq_buf_alloc",
      "alloc_fdmem"),
  TRANSPARENT_HUGE_PAGE(
      Judgement.HARMLESS,
      "mm/huge_memory.c: do_huge_pmd_anonymous_page; mm/khugepaged.c: small pages do",
      "do_huge_pmd_anonymous_page",
      "collapse_huge_page",
      "khugepaged_alloc_page",
      "khugepaged",
      "alloc_charge_hpage",
      "alloc_charge_folio",
      "alloc_anon_folio"),
  READ_AHEAD(
      Judgement.HARMLESS,
      "mm/readahead.c: page_cache_ra_order, page_cache_ra_unbounded, less is read ahead",
      "__do_page_cache_readahead",
      "page_cache_ra_unbounded",
      "page_cache_ra_order",
      "page_cache_sync_ra",
      "page_cache_async_ra",
      "ondemand_readahead",
      "force_page_cache_ra"),
  MIGRATION(
      Judgement.HARMLESS,
      "mm/migrate.c: migrate_pages, the page stays where it is",
      "migrate_pages",
      "migrate_misplaced_page",
      "migrate_misplaced_folio",
      "alloc_misplaced_dst_page",
      "alloc_misplaced_dst_folio",
      "alloc_demote_page",
      "alloc_demote_folio",
      "demote_folio_list"),
  COMPRESSED_SWAP(
      Judgement.HARMLESS,
      "mm/zswap.c: zswap_store; drivers/block/zram/zram_drv.c: the page goes to the swap device, or"
          + " stays",
      "zswap_frontswap_store",
      "zswap_store",
      "zs_malloc",
      "zram_write_page",
      "zram_bvec_write"),
  BLOCK_DRIVER(
      Judgement.HARMLESS,
      "mm/mempool.c: mempool_alloc; drivers/nvme/host/pci.c: nvme_alloc_host_mem: smaller pieces, or"
          + " a reserve",
      "nvme_alloc_host_mem",
      "nvme_map_data",
      "mempool_alloc",
      "bio_alloc_bioset"),
  DEVICE_MAPPER(
      Judgement.HARMLESS,
      "drivers/md/dm-crypt.c: crypt_alloc_buffer; drivers/md/dm-bufio.c:"
          + " __alloc_buffer_wait_no_callback, both wait and try again",
      "crypt_alloc_buffer",
      "crypt_page_alloc",
      "__alloc_buffer_wait_no_callback"),
  NFS_SERVER(
      Judgement.DEGRADED,
      "net/sunrpc/svc_xprt.c: svc_alloc_arg, the thread waits and tries again",
      "svc_alloc_arg"),
  GRAPHICS_POOL(
      Judgement.HARMLESS,
      "drivers/gpu/drm/ttm/ttm_pool.c: ttm_pool_alloc, goes down to single pages",
      "ttm_pool_alloc",
      "ttm_pool_alloc_page",
      "__ttm_pool_alloc",
      "ttm_alloc_new_pages",
      "ttm_get_pages",
      "ttm_dma_pool_alloc_new_pages",
      "i915_gem_object_get_pages_internal"),
  HUGE_PAGE_POOL(
      Judgement.DEGRADED,
      "mm/hugetlb.c: alloc_pool_huge_folio, the pool grows by less",
      "alloc_buddy_hugetlb_folio",
      "alloc_buddy_huge_page",
      "alloc_pool_huge_page",
      "alloc_pool_huge_folio"),
  STACK_DEPOT(
      Judgement.HARMLESS,
      "lib/stackdepot.c: stack_depot_save, the trace is not kept",
      "stack_depot_save",
      "__stack_depot_save",
      "stack_depot_save_flags"),
  LEAK_CHECKER(
      Judgement.DEGRADED,
      "mm/kmemleak.c: create_object, the checker switches itself off",
      "kmemleak_alloc");

  private static final String UNRELIABLE = "? ";

  private final Judgement judgement;
  private final String source;
  private final List<String> functions;

  /**
   * @param source the kernel's file and what it does there
   * @param functions whose name in a trace tells it
   */
  KnownCaller(Judgement judgement, String source, String... functions) {
    this.judgement = judgement;
    this.source = source;
    this.functions = List.of(functions);
  }

  public Judgement judgement() {
    return judgement;
  }

  public String source() {
    return source;
  }

  public List<String> functions() {
    return functions;
  }

  private static final Map<String, KnownCaller> BY_FUNCTION = byFunction();

  private static Map<String, KnownCaller> byFunction() {
    Map<String, KnownCaller> all = new HashMap<>();
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
