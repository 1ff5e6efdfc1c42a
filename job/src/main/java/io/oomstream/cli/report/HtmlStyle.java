package io.oomstream.cli.report;

/** The page's looks. */
final class HtmlStyle {

  static final String CSS =
      """
      :root { color-scheme: light dark; --back: #f5f6f8; --card: #fff; --text: #1c2127;
        --soft: #5c6670; --line: #d9dee4; --loud: #b3261e; --hit: #fdecea;
        --c0: #3b6fb6; --c1: #d9822b; --c2: #4c9f70; --c3: #8f5fb3; --c4: #c2496b;
        --c5: #3aa0a8; --c6: #a3873a; --c7: #98a2ad; }
      @media (prefers-color-scheme: dark) { :root { --back: #14171b; --card: #1e2329;
        --text: #e4e8ec; --soft: #9aa5b1; --line: #343b44; --loud: #ff8a80; --hit: #3a2323; } }
      * { box-sizing: border-box; }
      body { margin: 0; background: var(--back); color: var(--text);
        font: 15px/1.5 system-ui, sans-serif; }
      main { max-width: 70rem; margin: 0 auto; padding: 1.5rem; }
      h1 { font-size: 1.5rem; margin: 0; }
      h2 { font-size: 1.15rem; margin: 0 0 .25rem; overflow-wrap: anywhere; }
      article { background: var(--card); border: 1px solid var(--line); border-radius: .5rem;
        padding: 1.25rem; margin: 1rem 0 1.5rem; }
      .cause { color: var(--loud); font-weight: 600; margin: 0; }
      .bar { display: flex; height: 1.25rem; border-radius: .25rem; overflow: hidden;
        background: var(--line); }
      .bar i { height: 100%; }
      .legend { list-style: none; display: flex; flex-wrap: wrap; gap: .25rem 1.25rem;
        padding: 0; margin: .5rem 0 1rem; font-size: .9rem; }
      .legend i { display: inline-block; width: .75rem; height: .75rem; border-radius: .15rem;
        margin-right: .4rem; }
      .c0 { background: var(--c0); } .c1 { background: var(--c1); }
      .c2 { background: var(--c2); } .c3 { background: var(--c3); }
      .c4 { background: var(--c4); } .c5 { background: var(--c5); }
      .c6 { background: var(--c6); } .c7 { background: var(--c7); }
      dl { display: grid; grid-template-columns: max-content 1fr; gap: .2rem 1rem; margin: 0 0 1rem; }
      dt { color: var(--soft); }
      dd { margin: 0; overflow-wrap: anywhere; }
      .scroll { overflow-x: auto; }
      table { border-collapse: collapse; width: 100%; font-size: .9rem; }
      caption { text-align: left; color: var(--soft); }
      th, td { text-align: left; padding: .3rem .6rem; border-bottom: 1px solid var(--line);
        vertical-align: top; }
      th { color: var(--soft); font-weight: 500; }
      .tasks th:not(:last-child), .tasks td:not(:last-child) { text-align: right;
        font-variant-numeric: tabular-nums; white-space: nowrap; }
      .victim td { background: var(--hit); }
      details { margin-top: .75rem; }
      summary { cursor: pointer; color: var(--soft); }
      pre, code { font: .85rem/1.4 ui-monospace, monospace; }
      pre { overflow-x: auto; margin: .5rem 0 0; }
      """;

  private HtmlStyle() {}
}
