/// How a report looks: on a screen by day, in the dark, and on paper.
enum ReportStyle {
    static let css = """
        :root {
          --text: #1c2024; --quiet: #5c6570; --page: #ffffff; --line: #d9dee3; --stripe: #f5f7f9;
          --ok: #2f7d4f; --failed: #b3261e; --skipped: #6b7280; --unfinished: #9a5b00;
        }
        @media (prefers-color-scheme: dark) {
          :root {
            --text: #e4e7ea; --quiet: #9aa4af; --page: #14171a; --line: #32383f; --stripe: #1c2024;
            --ok: #5cc689; --failed: #ff8a80; --skipped: #9aa4af; --unfinished: #f0b35c;
          }
        }
        * { box-sizing: border-box; }
        body { margin: 0; background: var(--page); color: var(--text);
          font: 15px/1.5 system-ui, -apple-system, "Segoe UI", "Liberation Sans", sans-serif; }
        main { max-width: 72rem; margin: 0 auto; padding: 2rem 1.5rem 4rem; }
        h1 { font-size: 1.6rem; margin: 0 0 1rem; }
        h2 { font-size: 1.25rem; margin: 2.5rem 0 .75rem; padding-top: 1rem; border-top: 1px solid var(--line);
          overflow-wrap: anywhere; }
        h3 { font-size: 1rem; margin: 1.75rem 0 .5rem; }
        code { font: .87em/1.45 ui-monospace, "DejaVu Sans Mono", "Liberation Mono", monospace; overflow-wrap: anywhere; }
        dl { display: grid; grid-template-columns: repeat(auto-fit, minmax(13rem, 1fr)); gap: .6rem 1.5rem; margin: 0; }
        dt { color: var(--quiet); font-size: .8rem; }
        dd { margin: 0; overflow-wrap: anywhere; }
        .wide { overflow-x: auto; }
        .wide + .wide { margin-top: 1.25rem; }
        table { border-collapse: collapse; width: 100%; }
        th { text-align: left; font-weight: 600; font-size: .8rem; color: var(--quiet); white-space: nowrap; }
        th, td { padding: .35rem .75rem .35rem 0; border-bottom: 1px solid var(--line); vertical-align: top; }
        td { overflow-wrap: anywhere; min-width: 5rem; }
        td:last-child, th:last-child { padding-right: 0; }
        .number { width: 1%; min-width: 0; white-space: nowrap; font-variant-numeric: tabular-nums; text-align: right; }
        .axis th:first-child { text-align: right; }
        .axis td:nth-child(2) { width: 32%; }
        .scale span { float: right; }
        .bar { width: 40%; min-width: 8rem; }
        .bar div { background: var(--stripe); margin-top: .3rem; border-radius: 2px; }
        .bar span { display: block; height: .85rem; min-width: 3px; border-radius: 2px; background: var(--ok); }
        .bar div, .bar span { print-color-adjust: exact; -webkit-print-color-adjust: exact; }
        .bar .failed { background: var(--failed); }
        .bar .skipped { background: var(--skipped); }
        .bar .unfinished { background: var(--unfinished); }
        .mark { font-weight: 600; white-space: nowrap; color: var(--ok); }
        .mark.failed { color: var(--failed); }
        .mark.skipped { color: var(--skipped); }
        .mark.unfinished { color: var(--unfinished); }
        li { margin: .3rem 0; overflow-wrap: anywhere; }
        @media print {
          :root {
            --text: #000; --quiet: #444; --page: #fff; --line: #bbb; --stripe: #f0f0f0;
            --ok: #2f7d4f; --failed: #b3261e; --skipped: #6b7280; --unfinished: #9a5b00;
          }
          @page { margin: 15mm; }
          body { font-size: 9.5pt; }
          main { max-width: none; padding: 0; }
          .wide { overflow: visible; }
          h2, h3 { break-after: avoid; }
          tr, li { break-inside: avoid; }
          thead { display: table-header-group; }
        }
        """
}
