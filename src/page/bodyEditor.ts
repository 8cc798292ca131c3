import { defaultKeymap } from "@codemirror/commands";
import { json } from "@codemirror/lang-json";
import { xml } from "@codemirror/lang-xml";
import {
  bracketMatching,
  codeFolding,
  foldAll,
  foldGutter,
  foldKeymap,
  HighlightStyle,
  syntaxHighlighting,
  unfoldAll,
} from "@codemirror/language";
import { highlightSelectionMatches, openSearchPanel, search, searchKeymap } from "@codemirror/search";
import { Compartment, EditorState, type Extension } from "@codemirror/state";
import { drawSelection, EditorView, highlightActiveLine, keymap, lineNumbers } from "@codemirror/view";
import { tags } from "@lezer/highlight";
import type { BodyLanguage } from "./view.ts";

/** A read-only viewer of one text. */
export interface BodyEditor {
  show(text: string, language: BodyLanguage): void;
  wrap(wraps: boolean): void;
  find(): void;
  foldEverything(fold: boolean): void;
  destroy(): void;
}

/** Where the cursor is: offset and the whole line. */
export interface CursorPlace {
  readonly offset: number;
  readonly line: string;
}

const colours = HighlightStyle.define([
  { tag: [tags.propertyName, tags.tagName], color: "var(--token-key)" },
  { tag: [tags.string, tags.attributeValue], color: "var(--token-string)" },
  { tag: tags.number, color: "var(--token-number)" },
  { tag: [tags.bool, tags.null, tags.attributeName], color: "var(--token-keyword)" },
  { tag: tags.comment, color: "var(--vscode-descriptionForeground)" },
]);

const look = EditorView.theme({
  "&": {
    color: "var(--vscode-editor-foreground)",
    backgroundColor: "var(--vscode-editor-background)",
    height: "100%",
  },
  "&.cm-focused": { outline: "1px solid var(--vscode-focusBorder)", outlineOffset: "-1px" },
  ".cm-scroller": {
    fontFamily: "var(--vscode-editor-font-family, monospace)",
    fontSize: "var(--vscode-editor-font-size, 12px)",
    lineHeight: "1.55",
  },
  ".cm-gutters": {
    color: "var(--vscode-descriptionForeground)",
    backgroundColor: "var(--vscode-editor-background)",
    border: "none",
  },
  ".cm-lineNumbers .cm-gutterElement": { padding: "0 6px 0 16px" },
  ".cm-activeLine, .cm-activeLineGutter": {
    backgroundColor: "var(--vscode-editor-lineHighlightBackground, transparent)",
  },
  ".cm-foldPlaceholder": {
    color: "var(--vscode-badge-foreground)",
    backgroundColor: "var(--vscode-badge-background)",
    border: "1px solid var(--vscode-contrastBorder, transparent)",
    padding: "0 6px",
  },
  ".cm-selectionBackground": {
    backgroundColor: "var(--vscode-editor-selectionBackground, #264f78) !important",
  },
  ".cm-searchMatch": { backgroundColor: "var(--vscode-editor-findMatchHighlightBackground, #ea5c0055)" },
  ".cm-searchMatch-selected": { backgroundColor: "var(--vscode-editor-findMatchBackground, #9e6a03)" },
  ".cm-panels": {
    color: "var(--vscode-foreground)",
    backgroundColor: "var(--vscode-editorWidget-background)",
    borderColor: "var(--vscode-widget-border, transparent)",
  },
  ".cm-textfield": {
    color: "var(--vscode-input-foreground)",
    backgroundColor: "var(--vscode-input-background)",
    border: "1px solid var(--vscode-input-border, var(--vscode-widget-border, transparent))",
  },
  ".cm-button": {
    color: "var(--vscode-button-secondaryForeground)",
    background: "var(--vscode-button-secondaryBackground)",
    border: "1px solid var(--vscode-button-border, transparent)",
  },
});

const languages: Readonly<Record<BodyLanguage, () => Extension>> = {
  json,
  xml,
  html: xml,
  text: () => [],
};

/**
 * Mounts a viewer in a shadow root: there its styles are constructed sheets, which the page's policy allows, while a
 * style element is not.
 */
export function mountBodyEditor(
  parent: HTMLElement,
  label: string,
  onCursor: (place: CursorPlace) => void,
): BodyEditor {
  const root = parent.shadowRoot ?? parent.attachShadow({ mode: "open" });
  const language = new Compartment();
  const wrapping = new Compartment();
  const view = new EditorView({
    root,
    parent: root,
    state: EditorState.create({ extensions: [language.of([]), wrapping.of([]), viewing(label, onCursor)] }),
  });
  return {
    show(text, chosen) {
      view.dispatch({
        changes: { from: 0, to: view.state.doc.length, insert: text },
        selection: { anchor: 0 },
        effects: language.reconfigure(languages[chosen]()),
      });
    },
    wrap: (wraps) => view.dispatch({ effects: wrapping.reconfigure(wraps ? EditorView.lineWrapping : []) }),
    find: () => void openSearchPanel(view),
    foldEverything: (fold) => void (fold ? foldAll(view) : unfoldAll(view)),
    destroy: () => view.destroy(),
  };
}

function viewing(label: string, onCursor: (place: CursorPlace) => void): Extension {
  return [
    EditorState.readOnly.of(true),
    EditorView.contentAttributes.of({ "aria-label": label }),
    lineNumbers(),
    codeFolding(),
    foldGutter(),
    drawSelection(),
    highlightActiveLine(),
    highlightSelectionMatches(),
    bracketMatching(),
    search({ top: true }),
    syntaxHighlighting(colours),
    keymap.of([...searchKeymap, ...foldKeymap, ...defaultKeymap]),
    EditorView.updateListener.of(({ state, selectionSet, docChanged }) => {
      if (!selectionSet && !docChanged) return;
      const offset = state.selection.main.head;
      onCursor({ offset, line: state.doc.lineAt(offset).text });
    }),
    look,
  ];
}
