/**
 * The caller's token, as the portal gives it. Asked anew before every connect, before it expires and after a refusal; in between the last
 * one serves the REST calls. It must never store a token anywhere but in this object, nor show one.
 */
export class Identity {
  #provider;
  #token = null;

  /** `provider` is the portal's `async () => token`; it gives nothing when nobody is signed in. */
  constructor(provider) {
    this.#provider = provider;
  }

  async fresh() {
    this.#token = (await this.#provider()) || null;
    return this.#token;
  }

  async current() {
    return this.#token ?? this.fresh();
  }
}
