package io.voicerouting.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import redis.embedded.RedisExecProvider;

/** The {@code redis-server} binary of the Maven artifact, extracted once per JVM. */
final class RedisExecutable {

  private static final Path FILE = extract();

  private RedisExecutable() {}

  /** The binary, which is deleted when this JVM ends. */
  static Path path() {
    return FILE;
  }

  private static Path extract() {
    ServerHome home = ServerHome.create("redis-executable");
    Runtime.getRuntime().addShutdownHook(new Thread(home::delete));
    try {
      return Files.move(
          RedisExecProvider.defaultProvider().get().toPath(),
          home.directory().resolve("redis-server"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
