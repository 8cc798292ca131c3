import { useEffect, useState } from "preact/hooks";
import type { BodyContent } from "./view.ts";

type Image = Extract<BodyContent, { readonly kind: "image" }>;

/** A picture from the bytes of the answer: nothing is loaded from anywhere. */
export function ImageBody({ mime, data }: Pick<Image, "mime" | "data">) {
  const [url, setUrl] = useState("");
  const [size, setSize] = useState("");
  useEffect(() => {
    const made = URL.createObjectURL(new Blob([new Uint8Array(data)], { type: mime }));
    setUrl(made);
    return () => URL.revokeObjectURL(made);
  }, [data, mime]);
  return (
    <figure class="image">
      {url !== "" && (
        <img
          src={url}
          alt="The body of the answer"
          onLoad={({ currentTarget }) =>
            setSize(`${currentTarget.naturalWidth} × ${currentTarget.naturalHeight}`)
          }
        />
      )}
      <figcaption>
        {mime} {size}
      </figcaption>
    </figure>
  );
}
