import { type Answer, emptyAnswer, jsonAnswer } from "./answer.ts";
import type { Pet, PetStore } from "./pets.ts";
import { type Call, queryValues, type Route } from "./route.ts";

const maximumPets = 1000;
const maximumText = 100;

/** The pet store's routes. */
export const petRoutes: readonly Route[] = [
  { method: "GET", path: "/prod/pets", answer: listPets },
  { method: "POST", path: "/prod/pets", answer: addPet },
  { method: "GET", path: "/prod/pets/{id}", answer: getPet },
  { method: "DELETE", path: "/prod/pets/{id}", answer: removePet },
];

function listPets(call: Call): Answer {
  const [limitText = "100", another] = queryValues(call, "limit");
  const limit = /^\d{1,3}$/.test(limitText) && another === undefined ? Number(limitText) : 0;
  if (limit < 1 || limit > 100) return badRequest("limit must be one whole number from 1 to 100.");
  const types = new Set(queryValues(call, "type"));
  const found = [...call.pets.values()].filter((pet) => types.size === 0 || types.has(pet.type));
  return jsonAnswer(200, { items: found.slice(0, limit), total: found.length });
}

function getPet(call: Call): Answer {
  const pet = petOf(call);
  return pet === undefined ? noSuchPet(call) : jsonAnswer(200, pet);
}

function removePet(call: Call): Answer {
  const pet = petOf(call);
  if (pet === undefined) return noSuchPet(call);
  call.pets.delete(pet.id);
  return emptyAnswer(204);
}

function addPet(call: Call): Answer {
  if (!isJsonType(call)) {
    return jsonAnswer(415, { message: "Unsupported Media Type: a pet is application/json." });
  }
  if (call.pets.size >= maximumPets) {
    return jsonAnswer(409, { message: `The store is full: it holds ${maximumPets} pets.` });
  }
  const read = readPet(call);
  if (typeof read === "string") return badRequest(read);
  const pet: Pet = { id: Math.max(0, ...call.pets.keys()) + 1, ...read };
  call.pets.set(pet.id, pet);
  return jsonAnswer(201, pet, [["Location", `/prod/pets/${pet.id}`]]);
}

function isJsonType(call: Call): boolean {
  const type = call.request.headers.find(([name]) => name.toLowerCase() === "content-type")?.[1];
  return type === undefined || /^application\/(?:[\w.-]+\+)?json\s*(?:;|$)/i.test(type);
}

/** The pet in a request's body, or the sentence that says what is wrong with it. */
function readPet(call: Call): Omit<Pet, "id"> | string {
  const value = parseJson(call.request.body);
  if (value === undefined) return "The body is not JSON.";
  const fields = new Map<string, unknown>(
    typeof value === "object" && value !== null && !Array.isArray(value) ? Object.entries(value) : [],
  );
  const name = fields.get("name");
  const type = fields.get("type") ?? "dog";
  const parent = parentOf(fields.get("parent") ?? null, call.pets);
  if (!isText(name)) return `A pet needs a name: a text of 1 to ${maximumText} characters.`;
  if (!isText(type)) return `type must be a text of 1 to ${maximumText} characters.`;
  if (parent === undefined) return "parent must be the id of a pet in the store.";
  return { name, type, parent };
}

function parseJson(body: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(body));
  } catch {
    return undefined;
  }
}

function isText(value: unknown): value is string {
  return typeof value === "string" && value !== "" && value.length <= maximumText;
}

function parentOf(value: unknown, pets: PetStore): number | null | undefined {
  if (value === null) return null;
  const id = typeof value === "string" ? readId(value) : value;
  return typeof id === "number" && pets.has(id) ? id : undefined;
}

function petOf(call: Call): Pet | undefined {
  const id = readId(call.pathParameters.get("id") ?? "");
  return id === undefined ? undefined : call.pets.get(id);
}

function readId(text: string): number | undefined {
  return /^[1-9]\d{0,8}$/.test(text) ? Number(text) : undefined;
}

function noSuchPet(call: Call): Answer {
  return jsonAnswer(404, { message: `There is no pet with the id '${call.pathParameters.get("id")}'.` });
}

function badRequest(message: string): Answer {
  return jsonAnswer(400, { message });
}
