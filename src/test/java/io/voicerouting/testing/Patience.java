package io.voicerouting.testing;

import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Sets how long tests wait for a condition that is bound to come true. The limit only ends what
 * hangs: a busy machine may stop for seconds. JUnit finds this class by its service file.
 */
public final class Patience implements BeforeAllCallback {

  /** Below the default timeout of a test, so that the message names the condition. */
  public static final Duration LIMIT = Duration.ofSeconds(60);

  @Override
  public void beforeAll(ExtensionContext context) {
    Awaitility.setDefaultTimeout(LIMIT);
  }
}
