import { useEffect, useLayoutEffect, useRef, useState } from "preact/hooks";
import { DiagnosisTab } from "./DiagnosisTab.tsx";
import { HeadersTab } from "./HeadersTab.tsx";
import { OutcomeState } from "./OutcomeState.tsx";
import { PanelHeader, statusOf } from "./PanelHeader.tsx";
import type { PageMessage, PanelTab } from "./protocol.ts";
import { ResponseTab } from "./ResponseTab.tsx";
import { SigningTab } from "./SigningTab.tsx";
import { type TabEntry, Tabs } from "./Tabs.tsx";
import { TimingTab } from "./TimingTab.tsx";
import type { BodyContent, PanelView } from "./view.ts";

/** The panel. `tab` is what the person last chose; a tab that this trip has nothing for gives way to the first. */
export function App({
  view,
  body,
  tab,
  select,
  post,
}: {
  readonly view: PanelView;
  readonly body: BodyContent | null;
  readonly tab: PanelTab;
  readonly select: (tab: PanelTab) => void;
  readonly post: (message: PageMessage) => void;
}) {
  const now = useClock(view.outcome.kind === "sending");
  const tabs = tabsOf(view);
  const current = tabs.some((entry) => entry.tab === tab) ? tab : (tabs[0]?.tab ?? "response");
  const state = <OutcomeState outcome={view.outcome} post={post} />;
  const isSending = view.outcome.kind === "sending";
  const doing = view.outcome.kind === "sending" && !view.outcome.sends ? "Signing" : "Sending";
  return (
    <main class="panel">
      <PanelHeader view={view} now={now} post={post} />
      <p class="hidden" role="status">
        {isSending ? doing : statusOf(view.outcome, 0).text}
      </p>
      <div class={isSending ? "progressLine moving" : "progressLine"} />
      {hasNoAnswer(view) && state}
      {tabs.length > 0 && (
        <>
          <Tabs tabs={tabs} current={current} select={select} />
          <TabPanel current={current}>{contentOf(current, view, body, post)}</TabPanel>
        </>
      )}
    </main>
  );
}

function hasNoAnswer({ outcome }: PanelView): boolean {
  return !("answer" in outcome) && outcome.kind !== "explained";
}

function tabsOf(view: PanelView): readonly TabEntry[] {
  const { outcome, headers, signing, diagnosis, timing } = view;
  const received = headers?.response?.length ?? headers?.request.length ?? 0;
  return [
    ...("answer" in outcome ? [{ tab: "response", label: "Response", count: null } as const] : []),
    ...(signing !== null && outcome.kind === "explained"
      ? [{ tab: "signing", label: "Signing", count: null } as const]
      : []),
    ...(headers === null ? [] : [{ tab: "headers", label: "Headers", count: received } as const]),
    ...(signing !== null && outcome.kind !== "explained"
      ? [{ tab: "signing", label: "Signing", count: null } as const]
      : []),
    ...(diagnosis === null ? [] : [{ tab: "diagnosis", label: "Diagnosis", count: null } as const]),
    ...(timing === null ? [] : [{ tab: "timing", label: "Timing", count: null } as const]),
  ];
}

function contentOf(
  tab: PanelTab,
  view: PanelView,
  body: BodyContent | null,
  post: (message: PageMessage) => void,
): preact.ComponentChildren {
  switch (tab) {
    case "response":
      return <ResponseTab view={view} body={body} post={post} />;
    case "headers":
      return view.headers === null ? null : <HeadersTab headers={view.headers} post={post} />;
    case "signing":
      return view.signing === null ? null : <SigningTab signing={view.signing} post={post} />;
    case "diagnosis":
      return view.diagnosis === null ? null : <DiagnosisTab diagnosis={view.diagnosis} post={post} />;
    case "timing":
      return view.timing === null ? null : <TimingTab timing={view.timing} />;
  }
}

/** Where each tab was scrolled to, kept when another answer takes the place of the last. */
const scrolls = new Map<PanelTab, number>();

function TabPanel({
  current,
  children,
}: {
  readonly current: PanelTab;
  readonly children: preact.ComponentChildren;
}) {
  const holder = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    holder.current?.scrollTo(0, scrolls.get(current) ?? 0);
  }, [current]);
  return (
    <div
      ref={holder}
      id="tabpanel"
      class={`tabPanel ${current}`}
      role="tabpanel"
      aria-labelledby={`tab-${current}`}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reachable by keyboard.
      tabIndex={0}
      onScroll={({ currentTarget }) => scrolls.set(current, currentTarget.scrollTop)}
    >
      {children}
    </div>
  );
}

/** The time, ticking while something is under way. */
function useClock(ticks: boolean): number {
  const [now, setNow] = useState(Date.now());
  useEffect(() => {
    setNow(Date.now());
    const timer = setInterval(() => setNow(Date.now()), ticks ? 100 : 30_000);
    return () => clearInterval(timer);
  }, [ticks]);
  return now;
}
