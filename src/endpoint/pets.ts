/** One animal for sale. */
export interface Pet {
  readonly id: number;
  readonly name: string;
  readonly type: string;
  /** The id of another pet, or null. */
  readonly parent: number | null;
}

/** The pets of one endpoint, by id; lives as long as the endpoint. */
export type PetStore = Map<number, Pet>;

/** A store with the three pets that every endpoint begins with. */
export function seededPetStore(): PetStore {
  const pets: readonly Pet[] = [
    { id: 1, name: "Bella", type: "dog", parent: null },
    { id: 2, name: "Misty", type: "cat", parent: null },
    { id: 3, name: "Rex", type: "dog", parent: 1 },
  ];
  return new Map(pets.map((pet) => [pet.id, pet]));
}
