package io.voicerouting.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;

import io.voicerouting.routing.RoutingCacheService;
import java.io.IOException;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;

/** Faults of the service itself while it answers a platform. */
class PlatformRoutesTest {

  private final PlatformPaths paths = new PlatformPaths(List.of(new FailingAdapter()));
  private final PlatformRoutes routes =
      new PlatformRoutes(
          paths,
          new PlatformCalls(mock(RoutingCacheService.class)),
          InstantSource.fixed(Questions.NOW));

  private static final class FailingAdapter implements PlatformAdapter {
    @Override
    public String name() {
      return "failing";
    }

    @Override
    public PlatformDescription describe() {
      throw new IllegalStateException("A fault");
    }

    @Override
    public PlatformReading read(PlatformRequest request) {
      throw new IllegalStateException("A fault");
    }

    @Override
    public PlatformAnswer unusable() {
      return PlatformAnswer.ok("text/plain", "unusable");
    }
  }

  @Test
  void faultIsUnavailableWithoutABody() {
    MockHttpServletResponse response = new MockHttpServletResponse();

    routes.handle(
        Objects.requireNonNull(paths.find("/api/v1/routing/failing")),
        new MockHttpServletRequest("GET", "/api/v1/routing/failing"),
        response);

    assertThat(response.getStatus()).isEqualTo(503);
    assertThat(response.getContentAsByteArray()).isEmpty();
    assertThat(response.getContentType()).isNull();
  }

  @Test
  void errorsOfTheContainerAreInThePlatformsTerms() throws IOException {
    PlatformErrors errors = new PlatformErrors(paths);
    MockHttpServletResponse unusable = new MockHttpServletResponse();
    MockHttpServletResponse fault = new MockHttpServletResponse();

    assertThat(errors.write(unusable, 400, "/api/v1/routing/failing/%2F")).isTrue();
    assertThat(errors.write(fault, 500, "/api/v1/organizations/1/routing/failing")).isTrue();
    assertThat(errors.write(fault, 500, "/api/v1/organizations/1")).isFalse();

    assertThat(unusable.getStatus()).isEqualTo(200);
    assertThat(unusable.getContentAsString()).isEqualTo("unusable");
    assertThat(fault.getStatus()).isEqualTo(503);
    assertThat(fault.getContentAsByteArray()).isEmpty();
  }
}
