package io.voicerouting.bench.baseline;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Profile;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Returns recorded answers of the service: the upper bound for any Spring MVC controller. */
@RestController
@RequestMapping(
    path = "/api/v1/organizations/{org}/routing/baseline",
    produces = MediaType.APPLICATION_JSON_VALUE)
@Profile("constant")
class ConstantController {

  private final byte[] extension;
  private final byte[] businessHours;
  private final byte[] decision;

  /** Reads the answers from {@code <endpoint>.json} in a directory. */
  ConstantController(@Value("${baseline.answers}") Path directory) throws IOException {
    extension = Files.readAllBytes(directory.resolve("extension.json"));
    businessHours = Files.readAllBytes(directory.resolve("business-hours.json"));
    decision = Files.readAllBytes(directory.resolve("decision.json"));
  }

  @GetMapping("/extensions/{number}")
  byte[] extension() {
    return extension;
  }

  @GetMapping("/business-hours")
  byte[] businessHours() {
    return businessHours;
  }

  @GetMapping("/decision")
  byte[] decision() {
    return decision;
  }
}
