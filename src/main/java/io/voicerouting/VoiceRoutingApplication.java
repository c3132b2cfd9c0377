package io.voicerouting;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;

/** Starts the service. */
@SpringBootApplication
@ConfigurationPropertiesScan
public class VoiceRoutingApplication {

  /** Runs the service until the process is told to stop. */
  public static void main(String[] args) {
    SpringApplication.run(VoiceRoutingApplication.class, args);
  }
}
