package io.voicerouting.testing;

/** The tokens that {@link IntegrationTest} configures. */
public final class TestTokens {

  /** Token of the telephony platform. */
  public static final String PLATFORM = "platform-test-token";

  /** Token of the back office. */
  public static final String ADMIN = "admin-test-token";

  /** Token of operations. */
  public static final String OPS = "ops-test-token";

  /** Keys of the signature secrets; the second one only decrypts. */
  public static final String SECRET_KEYS =
      "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=,ICEiIyQlJicoKSorLC0uLzAxMjM0NTY3ODk6Ozw9Pj8=";

  /** The secret {@code webhook-secret}, encrypted with the second key. */
  public static final String SECRET_OF_THE_SECOND_KEY =
      "v1.72dbb733.GkPT0ZIVZmzlRswD8jsAZVl0ZDKoau8w8AVNFo2tcZWl2RHXHxsjf56Z";

  private TestTokens() {}
}
