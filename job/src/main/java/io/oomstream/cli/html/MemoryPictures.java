package io.oomstream.cli.html;

import io.oomstream.cli.report.EventNode;
import io.oomstream.cli.report.HtmlFacts;
import io.oomstream.cli.report.Incident;
import io.oomstream.diagnosis.context.HumanUnits;
import io.oomstream.diagnosis.context.Messages;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Where the memory went: as a map, as bars and as tables. */
final class MemoryPictures {

  /** Width by height of the map on a desktop. */
  private static final double ASPECT = 3.2;

  /** A map that is nearly all one thing needs no height. */
  private static final double FLAT = 0.9;

  private static final int COLOURS = 10;
  private static final int CACHES = 12;
  private static final List<String> USAGES = List.of("swap", "memoryAndSwap", "kmem");

  private final HtmlWriter out;
  private final PageWords words;
  private final Messages messages;

  MemoryPictures(HtmlWriter out, PageWords words) {
    this.out = out;
    this.words = words;
    this.messages = words.messages();
  }

  void write(Incident incident) {
    EventNode memory = incident.section("memory");
    EventNode memcg = incident.section("memcg");
    if (!memory.isPresent() && !memcg.isPresent()) {
      return;
    }
    List<HtmlFacts.Share> shares =
        HtmlFacts.shares(
            incident.block().isPresent() ? incident.block() : incident.data(), messages);
    boolean machine = memory.at("accounting").isPresent();
    Long whole = machine ? memory.number("managedBytes") : memcg.number("usageBytes");
    out.raw("<section class=\"memory\">").element("h3", words.text("memory")).raw("\n");
    group(memcg);
    if (!shares.isEmpty() && whole != null) {
      map(shares, whole, machine ? "memory.map" : "memory.map.group");
    }
    swap(memory);
    new ZonePictures(out, words).write(incident);
    slab(incident, memory.number("managedBytes"));
    out.raw("</section>\n");
  }

  private void map(List<HtmlFacts.Share> shares, long whole, String caption) {
    List<Double> values = new ArrayList<>();
    double sum = 0;
    for (HtmlFacts.Share share : shares) {
      double value = Math.max(0, share.bytes());
      sum += value;
      values.add(value);
    }
    // What is neither accounted for nor measured stays empty in the map.
    boolean rest = sum < whole * 0.999;
    List<Double> tiles = new ArrayList<>(values.stream().filter(v -> v > 0).toList());
    if (rest) {
      tiles.add(whole - sum);
    }
    List<Double> sorted = tiles.stream().sorted((a, b) -> Double.compare(b, a)).toList();
    int empty = rest ? sorted.indexOf(whole - sum) : -1;
    out.raw("<figure class=\"map\"><figcaption>");
    out.text(words.text(caption, "bytes", PageWords.bytes(whole))).raw("</figcaption>\n");
    boolean flat = !sorted.isEmpty() && sorted.get(0) > FLAT * whole;
    out.raw(flat ? "<svg class=\"tree flat\"" : "<svg class=\"tree\"")
        .raw(" aria-hidden=\"true\">");
    int share = 0;
    for (TreeMapLayout.Tile tile : TreeMapLayout.of(sorted, flat ? 3 * ASPECT : ASPECT)) {
      if (tile.index() != empty) {
        tile(tile, shares.get(share), share, flat);
        share++;
      }
    }
    out.raw("</svg>\n<ul class=\"legend\">\n");
    for (int i = 0; i < shares.size(); i++) {
      HtmlFacts.Share one = shares.get(i);
      out.raw("<li><svg class=\"dot\" aria-hidden=\"true\"><rect class=\"c" + colour(one, i));
      out.raw("\" width=\"100%\" height=\"100%\"/></svg>").text(one.label()).raw(" <b>");
      out.text(HumanUnits.percent(one.share())).raw("</b> ");
      out.text(PageWords.bytes(one.bytes())).raw("</li>\n");
    }
    out.raw("</ul>");
    if (sum > whole * 1.001) {
      out.element("p", words.text("memory.over"));
    }
    out.raw("</figure>\n");
  }

  /** A picture inside a picture cuts its text at its edge, whatever the width of the page. */
  private void tile(TreeMapLayout.Tile tile, HtmlFacts.Share share, int index, boolean flat) {
    out.raw("<svg x=\"" + Figures.coordinate(tile.x()) + "%\" y=\"");
    out.raw(Figures.coordinate(tile.y()) + "%\" width=\"" + Figures.coordinate(tile.width()));
    out.raw("%\" height=\"" + Figures.coordinate(tile.height()) + "%\"><title>");
    out.text(share.label() + " " + PageWords.bytes(share.bytes()));
    out.raw("</title><rect class=\"c" + colour(share, index));
    out.raw("\" width=\"100%\" height=\"100%\"/>");
    if (tile.width() > 7 && tile.height() > (flat ? 80 : 22)) {
      out.raw("<text x=\"8\" y=\"22\">").text(share.label()).raw("</text>");
      out.raw("<text class=\"soft\" x=\"8\" y=\"42\">");
      out.text(HumanUnits.percent(share.share())).raw("</text>");
      out.raw("<text class=\"soft\" x=\"8\" y=\"60\">").text(PageWords.bytes(share.bytes()));
      out.raw("</text>");
    }
    out.raw("</svg>");
  }

  private static String colour(HtmlFacts.Share share, int index) {
    if (share.name().equals("free") || share.name().equals("freeCma")) {
      return "-free";
    }
    if (share.name().equals("unaccounted")) {
      return "-none";
    }
    return String.valueOf(index % COLOURS);
  }

  private void swap(EventNode memory) {
    Long total = memory.number("swapTotalBytes");
    Long free = memory.number("swapFreeBytes");
    if (total != null && total > 0 && free != null) {
      usage(words.text("swap"), total - free, total);
    } else if (total != null && total == 0) {
      out.element("p", messages.text("report.no-swap"));
    }
  }

  private void group(EventNode memcg) {
    if (!memcg.isPresent()) {
      return;
    }
    String path = memcg.text("path");
    if (path != null) {
      out.raw("<p>").text(words.text("group")).raw(" <code class=\"path\">").text(path);
      out.raw("</code></p>\n");
    }
    usage(words.text("group.used.memory"), memcg.number("usageBytes"), memcg.number("limitBytes"));
    for (String name : USAGES) {
      EventNode usage = memcg.at(name);
      usage(
          words.text("group.used." + name), usage.number("usageBytes"), usage.number("limitBytes"));
    }
  }

  private void usage(String label, @Nullable Long used, @Nullable Long limit) {
    if (used == null || limit == null || limit <= 0) {
      return;
    }
    double share = Math.max(0, Math.min(1, (double) used / limit));
    String figure =
        words.text("swap.used", "used", PageWords.bytes(used), "total", PageWords.bytes(limit));
    out.raw("<div class=\"usage\"><span>").text(label).raw("</span><svg class=\"bar\" ");
    out.raw("aria-hidden=\"true\"><rect class=\"");
    out.raw(share > 0.95 ? "full" : "used");
    out.raw("\" width=\"" + Figures.coordinate(share * 100) + "%\" height=\"100%\"/></svg><span>");
    out.text(figure + " (" + HumanUnits.percent((double) used / limit) + ")");
    out.raw("</span></div>\n");
  }

  private void slab(Incident incident, @Nullable Long managed) {
    List<EventNode> caches = incident.section("slab").items("unreclaimable");
    if (caches.isEmpty()) {
      return;
    }
    out.raw("<details><summary><h4>").text(words.text("slab")).raw("</h4></summary>\n");
    out.raw("<div class=\"scroll\" tabindex=\"0\"><table class=\"sortable\"><thead><tr>");
    for (String head : List.of("slab.cache", "slab.total", "slab.used", "slab.share")) {
      out.raw("<th scope=\"col\">").text(words.text(head)).raw("</th>");
    }
    out.raw("</tr></thead><tbody>\n");
    for (EventNode cache : caches.subList(0, Math.min(CACHES, caches.size()))) {
      Long total = cache.number("totalBytes");
      Long used = cache.number("usedBytes");
      out.raw("<tr><td><code>").text(cache.text("cache")).raw("</code></td>");
      bytesCell(total);
      bytesCell(used);
      out.raw("<td class=\"n\">");
      if (total != null && managed != null && managed > 0) {
        out.text(HumanUnits.percent((double) total / managed));
      }
      out.raw("</td></tr>\n");
    }
    out.raw("</tbody></table></div>");
    if (caches.size() > CACHES) {
      out.element("p", words.text("rest.slab", "count", caches.size() - CACHES));
    }
    out.raw("</details>\n");
  }

  private void bytesCell(@Nullable Long bytes) {
    out.raw("<td class=\"n\" data-v=\"" + (bytes == null ? "" : bytes) + "\">");
    out.text(PageWords.bytes(bytes)).raw("</td>");
  }
}
