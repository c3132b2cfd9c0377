package io.voicerouting.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * PEM files of a server or client: its certificate, its key, and the authorities that it trusts.
 *
 * @param directory of the files
 */
public record TlsFiles(Path directory) {

  private static final TestCertificate TESTS = TestCertificate.authority("Tests");

  /** The client certificate of the tests, for servers that require one. */
  static final TestCertificate ADMINISTRATOR = TESTS.issue(Duration.ofDays(1));

  /** Writes files in a new directory. */
  public static TlsFiles create(
      Path parent, String name, TestCertificate own, TestCertificate... trusted) {
    try {
      TlsFiles files = new TlsFiles(Files.createDirectory(parent.resolve(name)));
      files.replaceCertificate(own);
      files.replaceTrusted(trusted);
      return files;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Replaces certificate and key. */
  public void replaceCertificate(TestCertificate own) {
    write(key(), own.keyPem());
    write(certificate(), own.pem());
  }

  /** Replaces the trusted authorities. */
  public void replaceTrusted(TestCertificate... trusted) {
    write(
        trusted(),
        Stream.concat(Stream.of(trusted), Stream.of(TESTS))
            .map(TestCertificate::pem)
            .collect(Collectors.joining()));
  }

  /** Replaces a file by one that cannot be read as PEM. */
  public static void spoil(Path file) {
    write(file, "-----BEGIN CERTIFICATE-----\nnonsense\n-----END CERTIFICATE-----\n");
  }

  /** At once, as the tools that renew certificates do: nobody reads half a file. */
  private static void write(Path file, String content) {
    try {
      Path draft = file.resolveSibling(file.getFileName() + ".new");
      Files.writeString(draft, content);
      Files.setPosixFilePermissions(draft, PosixFilePermissions.fromString("rw-------"));
      Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The certificate. */
  public Path certificate() {
    return directory.resolve("certificate.pem");
  }

  /** Its key. */
  public Path key() {
    return directory.resolve("key.pem");
  }

  /** The trusted authorities. */
  public Path trusted() {
    return directory.resolve("trusted.pem");
  }

  /** Settings of the service: an SSL bundle of these files that follows their changes. */
  public List<String> bundle(String name) {
    String bundle = "--spring.ssl.bundle.pem." + name + ".";
    return List.of(
        bundle + "reload-on-update=true",
        bundle + "keystore.certificate=file:" + certificate(),
        bundle + "keystore.private-key=file:" + key(),
        bundle + "keystore.verify-keys=true",
        bundle + "truststore.certificate=file:" + trusted());
  }

  /**
   * Directives of a Redis server or Sentinel that takes TLS connections only, with certificates.
   */
  public String[] redis(String... more) {
    List<String> settings =
        new ArrayList<>(
            List.of(
                "tls-cert-file " + certificate(),
                "tls-key-file " + key(),
                "tls-ca-cert-file " + trusted(),
                "tls-auth-clients yes",
                "tls-replication yes",
                "tls-cluster yes"));
    settings.addAll(List.of(more));
    return settings.toArray(String[]::new);
  }
}
