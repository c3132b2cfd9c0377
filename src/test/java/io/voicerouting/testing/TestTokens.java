package io.voicerouting.testing;

/** The tokens that {@link IntegrationTest} configures. */
public final class TestTokens {

  /** Token of the telephony platform. */
  public static final String PLATFORM = "platform-test-token";

  /** Token of the back office. */
  public static final String ADMIN = "admin-test-token";

  /** Token of operations. */
  public static final String OPS = "ops-test-token";

  /** Key of the signature secrets. */
  public static final String SECRET_KEY = "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=";

  private TestTokens() {}
}
