package io.oomstream.cli.report;

import io.oomstream.diagnosis.context.Messages;
import io.oomstream.event.MemoryBlock;
import io.oomstream.event.OutgoingEvent;
import io.oomstream.event.section.BlockInfo;
import java.util.ArrayList;
import java.util.List;

/**
 * Reports of the OOM killer that say of nobody that he was killed, because the log ends before or
 * lines are missing: no event, but no all-clear either.
 */
public final class UnfinishedBlocks {

  private UnfinishedBlocks() {}

  /** Whether a block is such a report. */
  public static boolean isOne(MemoryBlock block) {
    return block.kind() == MemoryBlock.Kind.OOM
        && block.kills().isEmpty()
        && block.block().closedBy() != BlockInfo.ClosedBy.TERMINATOR;
  }

  /** The same for a structured CloudEvent. */
  public static boolean isOne(EventNode event) {
    return OutgoingEvent.Type.BLOCK.ceType().equals(event.text("type"))
        && isUnfinished(event.at("data"));
  }

  private static boolean isUnfinished(EventNode data) {
    return MemoryBlock.Kind.OOM.name().equals(data.text("kind"))
        && data.texts("kills").isEmpty()
        && !BlockInfo.ClosedBy.TERMINATOR.name().equals(data.at("block").text("closedBy"));
  }

  /** Its lines that were not understood: what is missing may be in them. */
  public static List<String> unread(EventNode block, Messages words) {
    List<String> lines = new ArrayList<>();
    for (String line : block.at("data").at("block").texts("unparsed")) {
      lines.add("  " + words.text("report.label.unread") + "  " + line);
    }
    return lines;
  }

  /** What is to be said of one. */
  public static String sentence(EventNode block, Messages words) {
    EventNode data = block.at("data");
    String who = data.at("trigger").text("comm");
    String host = KillStory.host(data);
    String when = KillStory.when(data, words);
    String where = KillStory.position(data.at("block"));
    return words.text(
        "report.unfinished",
        "who",
        (who == null ? words.text("who.unnamed") : who)
            + (host == null ? "" : words.text("report.on", "host", host))
            + (when == null ? "" : words.text("report.at", "time", when)),
        "where",
        where == null ? "" : " (" + where + ")");
  }
}
