import type { PanelTab } from "./protocol.ts";

/** A tab of the panel. */
export interface TabEntry {
  readonly tab: PanelTab;
  readonly label: string;
  readonly count: number | null;
}

/** The tabs: arrow keys, Home and End move, as the pattern of a tab list has it. */
export function Tabs({
  tabs,
  current,
  select,
}: {
  readonly tabs: readonly TabEntry[];
  readonly current: PanelTab;
  readonly select: (tab: PanelTab) => void;
}) {
  const move = (event: KeyboardEvent): void => {
    const at = tabs.findIndex(({ tab }) => tab === current);
    const next = { ArrowRight: at + 1, ArrowLeft: at - 1, Home: 0, End: tabs.length - 1 }[event.key];
    if (next === undefined) return;
    event.preventDefault();
    const chosen = tabs[(next + tabs.length) % tabs.length];
    if (chosen === undefined) return;
    select(chosen.tab);
    document.getElementById(`tab-${chosen.tab}`)?.focus();
  };
  return (
    <div class="tabs" role="tablist" aria-label="Parts of the exchange">
      {tabs.map(({ tab, label, count }) => (
        <button
          key={tab}
          type="button"
          role="tab"
          id={`tab-${tab}`}
          class="tab"
          aria-selected={tab === current}
          aria-controls="tabpanel"
          tabIndex={tab === current ? 0 : -1}
          onClick={() => select(tab)}
          onKeyDown={move}
        >
          {label}
          {count !== null && <span class="badge">{count}</span>}
        </button>
      ))}
    </div>
  );
}
