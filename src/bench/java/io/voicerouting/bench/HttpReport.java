package io.voicerouting.bench;

import io.voicerouting.bench.HttpResults.Figure;
import java.util.Arrays;
import java.util.stream.Collectors;

/** Tables of what was measured, and of what it was to be. */
record HttpReport(HttpResults results, HttpOptions options) {

  String markdown() {
    StringBuilder text = new StringBuilder();
    text.append("## Over HTTP\n\n");
    text.append(
        """
        %s organizations with %s extensions and a schedule with ten exceptions each; random keys; \
        wrk with one thread and %s connections, each of which asks again once it is answered, on the \
        same machine; %s rounds of %s s, in which all take turns; medians (and the least and most of \
        all rounds). As directly: past Spring MVC's search for a method, as the service's own routes. Warm-up %s s \
        each (plain JPA %s s). Every JVM: `%s`. CPU: processor time \
        of the JVM alone.

        ![Requests per second and latencies](http.png)
        """
            .formatted(
                SampleData.STANDARD.organizations(),
                SampleData.STANDARD.extensions(),
                options.connections(),
                options.rounds(),
                options.duration().toSeconds(),
                options.warmup(Contestant.SERVICE).toSeconds(),
                options.warmup(Contestant.JPA).toSeconds(),
                String.join(" ", BenchFiles.flags())));
    for (Endpoint endpoint : Endpoint.values()) {
      text.append('\n').append(table(endpoint));
    }
    return text.append('\n').append(targets()).toString();
  }

  private String table(Endpoint endpoint) {
    String head =
        Arrays.stream(Figure.values()).map(Figure::title).collect(Collectors.joining(" | "));
    String rows =
        results.contestants(endpoint).stream()
            .map(contestant -> row(contestant, endpoint))
            .collect(Collectors.joining());
    return "| %s | %s |\n|---|%s\n%s"
        .formatted(endpoint.title(), head, "--:|".repeat(Figure.values().length), rows);
  }

  private String row(Contestant contestant, Endpoint endpoint) {
    return Arrays.stream(Figure.values())
        .map(figure -> results.text(contestant, endpoint, figure))
        .collect(Collectors.joining(" | ", "| " + contestant.title() + " | ", " |\n"));
  }

  private String targets() {
    return Arrays.stream(Target.values())
        .map(target -> target.row(results))
        .collect(
            Collectors.joining("", "| target | wanted | measured | |\n|---|--:|--:|---|\n", ""));
  }
}
