package io.voicerouting.platform;

import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How requests of TwiML platforms and jambonz are signed.
 *
 * @param secrets any of them may sign: for rotation, or of several accounts; empty if requests are
 *     not signed. A token that has a signature secret of its own needs that one instead
 * @param publicUrl the URL that platforms use instead of the one that a request arrives at, such as
 *     {@code https://routing.example.com}, for a service behind a proxy; empty if they are the same
 */
@ConfigurationProperties(
    prefix = SignatureProperties.PREFIX,
    ignoreUnknownFields = false) // a misspelled name would have no effect
record SignatureProperties(@DefaultValue List<String> secrets, @DefaultValue("") String publicUrl) {

  static final String PREFIX = "routing.platforms.signature";

  SignatureProperties {
    secrets = List.copyOf(secrets);
    if (secrets.stream().anyMatch(String::isBlank)) {
      throw new IllegalArgumentException(PREFIX + ".secrets has an empty one");
    }
  }

  /** Hides the secrets, because this may be logged. */
  @Override
  public String toString() {
    return "SignatureProperties[not shown]";
  }
}
