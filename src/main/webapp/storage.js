/** What the portal keeps in the browser. Where the browser blocks site data, it lives as long as the page. */
export const sessionData = usable(() => sessionStorage);
export const localData = usable(() => localStorage);

/** @param {() => Storage} storage throws where site data is blocked */
function usable(storage) {
  const kept = new Map();
  const attempt = (act, instead) => {
    try {
      return act(storage());
    } catch {
      return instead();
    }
  };
  return {
    get: (name) => kept.get(name) ?? attempt((place) => place.getItem(name), () => null),
    set: (name, value) => attempt((place) => place.setItem(name, value), () => kept.set(name, value)),
    remove: (name) => {
      kept.delete(name);
      attempt((place) => place.removeItem(name), () => {});
    },
  };
}
