/**
 * Which rooms the elements of this page show. If one element shows a room, the person's other elements don't count it as unread.
 * Elements of different people never learn of each other.
 */
const places = new Map();

export class Shown {
  #id = Symbol('element');
  #onChange;

  /** `onChange(rooms)` receives the set of room ids that the person's other elements show, after each change. */
  constructor(onChange) {
    this.#onChange = onChange;
  }

  /** This element now shows `room` (null for none) to `user` of `server`. */
  tell(server, user, room) {
    const before = places.get(this.#id);
    if (before?.server === server && before.user === user && before.room === room) return;
    places.set(this.#id, { server, user, room, hear: () => this.#onChange(this.#others()) });
    this.#everyone();
  }

  end() {
    if (places.delete(this.#id)) this.#everyone();
  }

  #everyone() {
    for (const { hear } of [...places.values()]) hear();
  }

  #others() {
    const { server, user } = places.get(this.#id);
    const others = [...places].filter(([id]) => id !== this.#id).map(([, place]) => place);
    const same = others.filter((place) => place.server === server && place.user === user && place.room !== null);
    return new Set(same.map(({ room }) => room));
  }
}
