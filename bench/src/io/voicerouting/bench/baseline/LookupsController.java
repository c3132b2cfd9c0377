package io.voicerouting.bench.baseline;

import io.voicerouting.businesshours.BusinessHoursView;
import io.voicerouting.extension.ExtensionView;
import io.voicerouting.routing.CallDirection;
import io.voicerouting.routing.Decision;
import io.voicerouting.routing.DecisionEngine;
import io.voicerouting.routing.DecisionRequest;
import io.voicerouting.routing.DecisionResult;
import java.time.Clock;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Profile;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ResponseStatusException;

/** The routing operations over a baseline's lookups, as a plain Spring MVC controller. */
@RestController
@RequestMapping("/api/v1/organizations/{org}/routing/baseline")
@Profile({"jpa", "cacheable", "jetcache"})
class LookupsController {

  private final Lookups lookups;
  private final DecisionEngine engine;
  private final Clock clock;

  LookupsController(Lookups lookups, Clock clock) {
    this.lookups = lookups;
    this.engine = new DecisionEngine(new LookupsDirectory(lookups));
    this.clock = clock;
  }

  @GetMapping("/extensions/{number}")
  ResponseEntity<ExtensionView> extension(@PathVariable long org, @PathVariable String number) {
    return ResponseEntity.of(Optional.ofNullable(lookups.extension(org, number)));
  }

  @GetMapping("/business-hours")
  ResponseEntity<BusinessHoursView> businessHours(@PathVariable long org) {
    return ResponseEntity.of(
        Optional.ofNullable(lookups.schedule(org)).map(schedule -> schedule.view()));
  }

  @GetMapping("/decision")
  Decision decision(
      @PathVariable long org,
      @RequestParam String to,
      @RequestParam @Nullable String from,
      @RequestParam String direction) {
    CallDirection known = Objects.requireNonNull(CallDirection.of(direction));
    DecisionRequest request = new DecisionRequest(org, to, from, known, clock.instant());
    return switch (engine.decide(request)) {
      case DecisionResult.Decided decided -> decided.decision();
      case DecisionResult.Unavailable unavailable ->
          throw new ResponseStatusException(HttpStatus.SERVICE_UNAVAILABLE);
    };
  }
}
