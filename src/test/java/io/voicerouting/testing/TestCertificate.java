package io.voicerouting.testing;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Base64;
import java.util.Locale;
import java.util.stream.Stream;
import javax.security.auth.x500.X500Principal;

/**
 * A certificate (RFC 5280) with its key, made for one test. The JDK can read certificates, but has
 * no API to make them.
 */
public record TestCertificate(PrivateKey key, X509Certificate certificate) {

  private static final byte[] ECDSA_WITH_SHA256 =
      sequence(oid(0x2A, 0x86, 0x48, 0xCE, 0x3D, 4, 3, 2));
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyyMMddHHmmss'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);
  private static final Duration CLOCK_DIFFERENCE = Duration.ofHours(1);

  /** Creates an authority, valid for a year. */
  public static TestCertificate authority(String name) {
    KeyPair keys = newKeys();
    X500Principal itself = new X500Principal("CN=" + name);
    byte[] constraints = extension(0x13, sequence(value(1, new byte[] {-1}))); // CA: true
    return new TestCertificate(
        keys.getPrivate(),
        sign(itself, keys.getPrivate(), itself, keys, Duration.ofDays(365), constraints));
  }

  /** Issues a certificate for servers and clients on this machine. */
  public TestCertificate issue(Duration validity) {
    KeyPair keys = newKeys();
    byte[] names =
        sequence(value(0x82, "localhost".getBytes(UTF_8)), value(0x87, new byte[] {127, 0, 0, 1}));
    return new TestCertificate(
        keys.getPrivate(),
        sign(
            certificate.getSubjectX500Principal(),
            key,
            new X500Principal("CN=localhost"),
            keys,
            validity,
            extension(0x11, names)));
  }

  private static KeyPair newKeys() {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(new ECGenParameterSpec("secp256r1"));
      return generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static X509Certificate sign(
      X500Principal issuer,
      PrivateKey signer,
      X500Principal subject,
      KeyPair keys,
      Duration validity,
      byte[] extension) {
    Instant now = Instant.now();
    byte[] content =
        sequence(
            value(0xA0, value(2, new byte[] {2})), // version 3
            value(2, new BigInteger(63, new SecureRandom()).toByteArray()),
            ECDSA_WITH_SHA256,
            issuer.getEncoded(),
            sequence(time(now.minus(CLOCK_DIFFERENCE)), time(now.plus(validity))),
            subject.getEncoded(),
            keys.getPublic().getEncoded(),
            value(0xA3, sequence(extension)));
    try {
      Signature signature = Signature.getInstance("SHA256withECDSA");
      signature.initSign(signer);
      signature.update(content);
      byte[] encoded =
          sequence(
              content, ECDSA_WITH_SHA256, value(3, concatenated(new byte[1], signature.sign())));
      return (X509Certificate)
          CertificateFactory.getInstance("X.509")
              .generateCertificate(new ByteArrayInputStream(encoded));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static byte[] time(Instant instant) {
    return value(0x18, TIME.format(instant).getBytes(UTF_8));
  }

  /** An extension of {@code id-ce}. */
  private static byte[] extension(int id, byte[] content) {
    return sequence(oid(0x55, 0x1D, id), value(4, content));
  }

  private static byte[] oid(int... bytes) {
    byte[] encoded = new byte[bytes.length];
    for (int i = 0; i < bytes.length; i++) {
      encoded[i] = (byte) bytes[i];
    }
    return value(6, encoded);
  }

  private static byte[] sequence(byte[]... parts) {
    return value(0x30, concatenated(parts));
  }

  /** A value in DER: its tag, its length and its content. */
  private static byte[] value(int tag, byte[] content) {
    int length = content.length;
    byte[] head;
    if (length < 0x80) {
      head = new byte[] {(byte) tag, (byte) length};
    } else if (length < 0x100) {
      head = new byte[] {(byte) tag, (byte) 0x81, (byte) length};
    } else {
      head = new byte[] {(byte) tag, (byte) 0x82, (byte) (length >> 8), (byte) length};
    }
    return concatenated(head, content);
  }

  private static byte[] concatenated(byte[]... parts) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    Stream.of(parts).forEach(all::writeBytes);
    return all.toByteArray();
  }

  /** Returns the certificate as PEM. */
  public String pem() {
    try {
      return pem("CERTIFICATE", certificate.getEncoded());
    } catch (CertificateException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Returns the key as PEM. */
  public String keyPem() {
    return pem("PRIVATE KEY", key.getEncoded());
  }

  private static String pem(String type, byte[] content) {
    return "-----BEGIN %s-----\n%s\n-----END %s-----\n"
        .formatted(type, Base64.getMimeEncoder().encodeToString(content), type);
  }
}
