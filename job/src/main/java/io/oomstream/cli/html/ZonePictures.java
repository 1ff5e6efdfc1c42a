package io.oomstream.cli.html;

import io.oomstream.cli.report.EventNode;
import io.oomstream.cli.report.HtmlFacts;
import io.oomstream.cli.report.Incident;
import io.oomstream.diagnosis.context.HumanUnits;
import io.oomstream.diagnosis.context.Messages;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Why each zone refused the request: what was free, what of it counted, and the watermarks. */
final class ZonePictures {

  /** Room to the right of the longest bar. */
  private static final double ROOM = 1.05;

  private static final List<String> PASSED = List.of("PASSES");
  private static final List<String> NOT_ASKED = List.of("ZONE_NOT_ELIGIBLE", "NODE_NOT_ALLOWED");

  private final HtmlWriter out;
  private final PageWords words;
  private final Messages messages;

  ZonePictures(HtmlWriter out, PageWords words) {
    this.out = out;
    this.words = words;
    this.messages = words.messages();
  }

  void write(Incident incident) {
    EventNode memory = incident.section("memory");
    List<EventNode> zones = memory.items("zones");
    if (zones.isEmpty()) {
      return;
    }
    List<String> sentences = HtmlFacts.zones(memory, messages);
    int sentence = 0;
    out.raw("<section>").element("h4", words.text("zones"));
    out.element("p", words.text("zones.about")).raw("\n");
    for (EventNode zone : zones) {
      boolean counted = zone.number("effectiveFreeBytes") != null && sentence < sentences.size();
      zone(zone, counted ? sentences.get(sentence) : null);
      sentence += counted ? 1 : 0;
    }
    out.raw("</section>\n");
    buddy(zones, incident);
  }

  private void zone(EventNode zone, @Nullable String sentence) {
    Long free = zone.number("freeBytes");
    Long counted = zone.number("effectiveFreeBytes");
    if (free == null) {
      return;
    }
    String verdict = zone.at("check").text("verdict");
    boolean asked = verdict == null || !NOT_ASKED.contains(verdict);
    out.raw("<div class=\"zone\"><p>");
    out.text(
        sentence == null || !asked
            ? name(zone) + ": " + words.text("zone.not-asked", "bytes", PageWords.bytes(free))
            : sentence);
    out.raw("</p>");
    if (counted != null && asked) {
      bar(zone, free, counted, verdict);
    }
    out.raw("</div>\n");
  }

  private static String name(EventNode zone) {
    String name = zone.text("name");
    Long node = zone.number("node");
    return (node == null ? "" : "Node " + node + " ") + (name == null ? "?" : name);
  }

  private void bar(EventNode zone, long free, long counted, @Nullable String verdict) {
    Long min = zone.number("minBytes");
    Long low = zone.number("lowBytes");
    Long high = zone.number("highBytes");
    double whole = Math.max(1, Math.max(free, Math.max(or(min), Math.max(or(low), or(high)))));
    whole *= ROOM;
    boolean passes =
        verdict == null
            ? !Boolean.TRUE.equals(zone.flag("belowMin"))
            : PASSED.contains(verdict) && (high == null || counted > high);
    double at = Math.max(0, Math.min(counted, free)) / whole;
    EventNode check = zone.at("check");
    out.raw("<svg class=\"bar zonebar\" aria-hidden=\"true\"><rect class=\"");
    out.raw(passes ? "enough" : "little").raw("\" width=\"" + percent(at));
    out.raw("\" height=\"100%\"/>");
    at = reserve(at, check.number("lowmemReserveBytes"), free, whole, "lowmem");
    at = reserve(at, check.number("highAtomicBytes"), free, whole, "highatomic");
    at = reserve(at, check.number("cmaBytes"), free, whole, "cma");
    mark("min", min, whole);
    mark("low", low, whole);
    mark("high", high, whole);
    out.raw("</svg><p class=\"marks\">");
    chip(passes ? "enough" : "little", words.text("zone.counts"), Math.max(0, counted));
    chip("lowmem", words.text("zone.reserve.lowmem"), check.number("lowmemReserveBytes"));
    chip("highatomic", words.text("zone.reserve.highatomic"), check.number("highAtomicBytes"));
    chip("cma", words.text("zone.reserve.cma"), check.number("cmaBytes"));
    chip("min", "min", min);
    chip("low", "low", low);
    chip("high", "high", high);
    out.raw("</p>");
  }

  private double reserve(double at, @Nullable Long bytes, long free, double whole, String kind) {
    if (bytes == null || bytes <= 0 || at >= free / whole) {
      return at;
    }
    double end = Math.min(free / whole, at + bytes / whole);
    out.raw("<rect class=\"kept " + kind + "\" x=\"" + percent(at) + "\" width=\"");
    out.raw(percent(end - at) + "\" height=\"100%\"/>");
    return end;
  }

  private void mark(String name, @Nullable Long bytes, double whole) {
    if (bytes != null) {
      String x = percent(bytes / whole);
      out.raw("<line class=\"mark " + name + "\" x1=\"" + x + "\" x2=\"" + x);
      out.raw("\" y1=\"0\" y2=\"100%\"/>");
    }
  }

  private void chip(String kind, String label, @Nullable Long bytes) {
    if (bytes != null && (bytes > 0 || kind.equals("little") || kind.equals("enough"))) {
      out.raw("<span><svg class=\"dot\" aria-hidden=\"true\"><rect class=\"" + kind);
      out.raw("\" width=\"100%\" height=\"100%\"/></svg>").text(label).raw(" <b>");
      out.text(PageWords.bytes(bytes)).raw("</b></span> ");
    }
  }

  private static long or(@Nullable Long bytes) {
    return bytes == null ? 0 : bytes;
  }

  private static String percent(double share) {
    return Figures.coordinate(share * 100) + "%";
  }

  private void buddy(List<EventNode> zones, Incident incident) {
    int orders = 0;
    for (EventNode zone : zones) {
      for (EventNode free : zone.items("buddy")) {
        Long order = free.number("order");
        orders = order == null || order > 63 ? orders : Math.max(orders, order.intValue() + 1);
      }
    }
    if (orders == 0) {
      return;
    }
    Long asked = incident.data().at("trigger").number("order");
    Long page = incident.data().at("host").number("pageSizeBytes");
    out.raw("<details class=\"buddy\"><summary><h4>").text(words.text("buddy"));
    out.raw("</h4></summary><p>");
    out.text(
        asked == null || asked < 0
            ? words.text("buddy.about.unknown")
            : words.text("buddy.about", "order", asked));
    out.raw("</p><div class=\"scroll\" tabindex=\"0\"><table><thead><tr><th scope=\"col\">");
    out.text(words.text("buddy.zone")).raw("</th>");
    for (int order = 0; order < orders; order++) {
      out.raw("<th scope=\"col\" class=\"n\">" + order);
      if (page != null && page > 0 && order < 40) {
        out.raw("<br><small>").text(HumanUnits.bytes(page << order)).raw("</small>");
      }
      out.raw("</th>");
    }
    out.raw("</tr></thead><tbody>\n");
    for (EventNode zone : zones) {
      List<EventNode> free = zone.items("buddy");
      if (free.isEmpty()) {
        continue;
      }
      out.raw("<tr><th scope=\"row\">").text(name(zone)).raw("</th>");
      for (int order = 0; order < orders; order++) {
        pieces(free, order, asked != null && order < asked);
      }
      out.raw("</tr>\n");
    }
    out.raw("</tbody></table></div></details>\n");
  }

  private void pieces(List<EventNode> free, int order, boolean tooSmall) {
    for (EventNode one : free) {
      Long of = one.number("order");
      Long count = one.number("count");
      if (of != null && of == order && count != null) {
        String types = one.text("migrateTypes");
        out.raw(count == 0 || tooSmall ? "<td class=\"n dim\">" : "<td class=\"n\">");
        out.text(String.valueOf(count));
        if (types != null && count > 0) {
          out.raw(" <small>").text(types).raw("</small>");
        }
        out.raw("</td>");
        return;
      }
    }
    out.raw("<td></td>");
  }
}
