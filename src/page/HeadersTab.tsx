import { Icon } from "./icons.tsx";
import { Action } from "./PanelHeader.tsx";
import type { CopySubject, PageMessage } from "./protocol.ts";
import type { HeaderRow, HeadersView } from "./view.ts";

type Post = (message: PageMessage) => void;

/** Headers as received and as sent; the ones that the signature covers are marked. */
export function HeadersTab({ headers, post }: { readonly headers: HeadersView; readonly post: Post }) {
  const { request, response, trailers, interim = [] } = headers;
  const anySigned = request.some(({ signed }) => signed);
  return (
    <div class="headers">
      {interim.map(({ status, fields }, index) => (
        <Section
          key={index}
          title={`Interim answer ${status}`}
          rows={fields.map(receivedRow)}
          copy={null}
          post={post}
        />
      ))}
      {response !== null && (
        <Section title="Response headers" rows={response} copy="responseHeaders" post={post} />
      )}
      {trailers.length > 0 && (
        <Section title="Trailers" rows={trailers.map(receivedRow)} copy={null} post={post} />
      )}
      <Section
        title={response === null ? "Request headers" : "Request headers, as sent"}
        rows={request}
        copy="requestHeaders"
        post={post}
        lead={anySigned ? "covered by the signature: a proxy that changes one of these breaks it." : null}
      />
    </div>
  );
}

function receivedRow([name, value]: readonly [string, string]): HeaderRow {
  return { name, value, note: null, signed: false, origin: "received" };
}

function Section({
  title,
  rows,
  copy,
  post,
  lead = null,
}: {
  readonly title: string;
  readonly rows: readonly HeaderRow[];
  readonly copy: CopySubject | null;
  readonly post: Post;
  readonly lead?: string | null;
}) {
  return (
    <section class="headerSection">
      <div class="sectionHead">
        <h2>{title}</h2>
        <span class="badge">{rows.length}</span>
        <span class="filler" />
        {copy !== null && (
          <Action
            icon="copy"
            label={`Copy ${title.toLowerCase()}`}
            run={() => post({ type: "copy", what: copy })}
          />
        )}
      </div>
      {lead !== null && (
        <p class="lead">
          <Icon name="lock" className="good" /> {lead}
        </p>
      )}
      <dl class="headerList">
        {rows.map((row, index) => (
          <Row key={index} row={row} />
        ))}
      </dl>
    </section>
  );
}

function Row({ row }: { readonly row: HeaderRow }) {
  const { name, value, note, signed } = row;
  return (
    <div class="headerRow">
      <dt>
        {signed && <Icon name="lock" className="good" />}
        {signed && <span class="hidden">signed: </span>}
        {name}
      </dt>
      <dd>
        <span class="value">{value === "" ? <span class="quiet">(empty)</span> : value}</span>
        {note !== null && <span class="remark">{note}</span>}
      </dd>
    </div>
  );
}
