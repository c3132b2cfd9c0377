package io.voicerouting.platform;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.voicerouting.common.CurrentClient;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.List;
import java.util.function.Predicate;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.springframework.stereotype.Component;

/** Accepts requests that are signed, if their caller has a secret. Counts the others. */
@Component
final class Signatures {

  private final CurrentClient clients;
  private final SignatureProperties settings;
  private final MeterRegistry meters;

  Signatures(CurrentClient clients, SignatureProperties settings, MeterRegistry meters) {
    this.clients = clients;
    this.settings = settings;
    this.meters = meters;
  }

  /**
   * Whether a request is accepted: it is signed with the secret of its token, or else with one of
   * the settings, or there is no secret.
   *
   * @param platform name of the adapter
   * @param signedWith whether the request is signed with a secret
   */
  boolean accept(String platform, Predicate<String> signedWith) {
    String own = clients.signatureSecret();
    List<String> secrets = own == null ? settings.secrets() : List.of(own);
    if (secrets.isEmpty() || secrets.stream().anyMatch(signedWith)) {
      return true;
    }
    Counter.builder("platform.signatures.rejected")
        .description("Requests of platforms whose signature is missing or wrong")
        .tag("platform", platform)
        .register(meters)
        .increment();
    return false;
  }

  /** Signs a text. The algorithm is one that every JDK has. */
  static byte[] sign(String algorithm, String secret, byte[] text) {
    try {
      Mac mac = Mac.getInstance(algorithm);
      mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), algorithm));
      return mac.doFinal(text);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Compares texts in a time that does not depend on where they differ. */
  static boolean areEqual(String expected, String presented) {
    return MessageDigest.isEqual(
        expected.getBytes(StandardCharsets.UTF_8), presented.getBytes(StandardCharsets.UTF_8));
  }
}
