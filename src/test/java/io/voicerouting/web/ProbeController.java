package io.voicerouting.web;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonValue;
import io.voicerouting.common.ConflictException;
import io.voicerouting.common.FieldError;
import io.voicerouting.common.NotFoundException;
import io.voicerouting.common.PageQuery;
import io.voicerouting.common.PageView;
import io.voicerouting.common.PositiveId;
import io.voicerouting.common.Precondition;
import io.voicerouting.common.SearchText;
import io.voicerouting.common.SelfValidating;
import io.voicerouting.common.Text;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.test.context.TestComponent;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.dao.QueryTimeoutException;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** A controller that uses each feature of the web package. */
@TestComponent // keeps it out of the applications of other tests
@RestController
@RequestMapping("/api/v1/probes")
class ProbeController {

  private final EntityTags tags;

  ProbeController(EntityTags tags) {
    this.tags = tags;
  }

  enum Colour {
    RED("red"),
    DARK_BLUE("dark_blue");

    private final String code;

    Colour(String code) {
      this.code = code;
    }

    @JsonValue
    String code() {
      return code;
    }
  }

  record Part(@NotNull LocalDate madeOn, @NotNull Integer weight) {}

  @JsonIgnoreProperties("id")
  record Body(
      @NotNull @Text String name,
      @NotNull Colour colour,
      @Nullable Boolean shiny,
      @Nullable Long count,
      @Valid @Nullable List<Part> parts,
      @Nullable Map<String, @Nullable Object> extra)
      implements SelfValidating {

    @Override
    public List<FieldError> validate() {
      return "forbidden".equals(name)
          ? List.of(FieldError.unexpected("name", name, "another name"))
          : List.of();
    }
  }

  @JsonIgnoreProperties(ignoreUnknown = true)
  record Lenient(@Nullable String name) {}

  @GetMapping
  PageView<String> list(
      PageQuery page,
      @RequestParam(required = false) @Nullable Colour colour,
      @RequestParam(required = false) @Nullable SearchText q) {
    return new PageView<>(
        List.of(String.valueOf(colour), Objects.requireNonNullElse(SearchText.likePattern(q), "")),
        page.page(),
        page.size(),
        2);
  }

  @GetMapping("/{id}")
  ResponseEntity<Map<String, Long>> get(@PathVariable PositiveId id) {
    return tags.ok(Map.of("id", id.value()));
  }

  @PutMapping("/{id}/body")
  Body putBody(
      @PathVariable PositiveId id,
      @RequestParam Colour colour,
      @RequestParam int count,
      Precondition precondition,
      @RequestBody Body body) {
    return body;
  }

  @PutMapping("/{id}")
  ResponseEntity<Map<String, Long>> put(@PathVariable PositiveId id, Precondition precondition) {
    Map<String, Long> document = Map.of("id", id.value());
    precondition.check(document);
    return tags.ok(document);
  }

  @PostMapping(consumes = MediaType.APPLICATION_JSON_VALUE)
  Body post(@RequestBody Body body) {
    return body;
  }

  @PostMapping("/lenient")
  Lenient lenient(@RequestBody Lenient body) {
    return body;
  }

  /** Like an operation of the actuator that answers without a body. */
  @GetMapping("/wordless")
  ResponseEntity<Void> refuseWithoutABody() {
    return ResponseEntity.notFound().build();
  }

  @GetMapping("/failures/{kind}")
  String fail(@PathVariable String kind) {
    throw switch (kind) {
      case "missing" -> new NotFoundException("probe-not-found", "No probe.");
      case "conflict" -> new ConflictException("duplicate-probe", "There is one.");
      case "busy" -> new ServiceUnavailableException("Busy.", Duration.ofMillis(1500));
      case "timeout" -> new QueryTimeoutException("select secret");
      case "integrity" -> new DataIntegrityViolationException("insert secret");
      default -> new IllegalStateException("secret");
    };
  }
}
