package io.oomstream.local;

import io.oomstream.assemble.AssembleSettings;
import io.oomstream.assemble.BlockAssembler;
import io.oomstream.assemble.HostLine;
import io.oomstream.assemble.HostLines;
import io.oomstream.assemble.Intake;
import io.oomstream.assemble.LineLetters;
import io.oomstream.assemble.Times;
import io.oomstream.assemble.segment.BootLedger;
import io.oomstream.assemble.segment.LineBlock;
import io.oomstream.event.DeadLetter;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Step 5: every host's lines to blocks. Of a host of which nothing waits only what its boots said
 * of memory is known, as long as the settings say.
 */
final class HostBlocks {

  private AssembleSettings settings;
  private final Consumer<LineBlock> blocks;
  private final Consumer<DeadLetter> letters;
  private final Map<String, BlockAssembler> hosts = new HashMap<>();
  private final Map<String, BootLedger> boots = new HashMap<>();
  private final Turns turns = new Turns();
  private final Turns forgets = new Turns();
  private EventClock clock = EventClock.BEGIN;

  HostBlocks(AssembleSettings settings, Consumer<LineBlock> blocks, Consumer<DeadLetter> letters) {
    this.settings = settings;
    this.blocks = blocks;
    this.letters = letters;
  }

  void take(HostLine line) {
    long earliest = Times.minus(clock.now(), settings.stragglerMs());
    String host = line.line().key();
    BlockAssembler assembler = hosts.computeIfAbsent(host, this::assembler);
    if (line.isNote()) {
      assembler.add(HostLines.note(line).notBefore(earliest));
    } else {
      assembler.add(HostLines.line(line).notBefore(earliest));
      write(assembler.atOnce());
    }
    waitOn(host, assembler);
  }

  void advance(EventClock to) {
    clock = to;
    for (String host : turns.come(to.now())) {
      BlockAssembler assembler = hosts.get(host);
      if (assembler != null) {
        write(to.isEnd() ? assembler.end() : assembler.advance(to.now()));
        waitOn(host, assembler);
      }
    }
    forgets.come(to.now()).forEach(boots::remove);
  }

  /** Collects like that from now on; what waits is taken over. */
  void collect(AssembleSettings collecting) {
    settings = collecting;
    hosts.replaceAll((host, assembler) -> assembler.with(collecting));
    hosts.forEach((host, assembler) -> turns.set(host, assembler.dueAt()));
  }

  private BlockAssembler assembler(String host) {
    BootLedger known = boots.getOrDefault(host, BootLedger.NONE);
    return new BlockAssembler(settings, List.of(), Intake.EMPTY, known);
  }

  private void waitOn(String host, BlockAssembler assembler) {
    if (assembler.isEmpty()) {
      hosts.remove(host);
      remember(host, assembler.ledger());
      turns.set(host, null);
    } else {
      turns.set(host, assembler.dueAt());
    }
  }

  private void remember(String host, BootLedger known) {
    if (known.isEmpty()) {
      boots.remove(host);
      forgets.set(host, null);
    } else {
      boots.put(host, known);
      forgets.set(host, settings.forgottenAt(known));
    }
  }

  private void write(BlockAssembler.Assembly assembly) {
    assembly.blocks().forEach(blocks);
    assembly.orphans().forEach(line -> letters.accept(LineLetters.orphan(line)));
    assembly.refused().forEach(line -> letters.accept(LineLetters.overLimit(line)));
  }
}
