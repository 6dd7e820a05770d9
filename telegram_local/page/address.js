// The page's own address: what is in it to be used once.

/** A part of the query, taken out, so that the address can be reloaded and shown to others; null where there is none. */
export function takeFromAddress(name) {
  const query = new URLSearchParams(location.search);
  const value = query.get(name);
  if (value === null) return null;
  query.delete(name);
  history.replaceState(null, "", query.size ? `?${query}` : location.pathname);
  return value;
}
