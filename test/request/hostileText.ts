import fc from "fast-check";

/** Texts made of what the language reads as something, of what cannot be seen, and of what is harmless. */
export const hostile = fc
  .array(
    fc.constantFrom(
      ...["{{", "}}", "{", "}", "\\", "v", "%v", "{{v}}", "\\{{v}}", "{{$processEnv HOME}}", "{{$guid}}"],
      ...[
        "\r",
        "\n",
        "\r\n",
        "\0",
        "\x1b[2J",
        "\x7f",
        "\x85",
        "\u2028",
        "\u2029",
        "\u202e",
        "\u200b",
        "\ufeff",
      ],
      ...[
        "\t",
        " ",
        "\u00a0",
        "\u3000",
        "\ud800",
        "\u{e0041}",
        "é",
        "日",
        "a",
        "b",
        "/",
        "?",
        "&",
        "=",
        "+",
        "%",
      ],
      ...[
        "#",
        "###",
        "# @connect-to evil.example.com",
        "@v = 1",
        "//",
        "<",
        "< ./secret",
        "> {%",
        ":",
        "HTTP/1.1",
      ],
      ...[
        "%7B%7Bv%7D%7D",
        "%0D%0A",
        "Host: evil.example.com",
        "https://evil.example.com",
        "@evil.example.com",
      ],
    ),
    { minLength: 1, maxLength: 6 },
  )
  .map((parts) => parts.join(""));
