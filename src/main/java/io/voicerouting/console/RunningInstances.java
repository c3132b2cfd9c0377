package io.voicerouting.console;

import java.sql.Timestamp;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The instances that have stated in the last minutes that they run. */
@Component
class RunningInstances {

  /** An instance states it once a minute. */
  private static final String RUNNING =
      """
      select host, tzdata, seen_at from routing_instance
      where seen_at > now() - interval '3 minutes' order by host, id
      """;

  private final JdbcClient jdbc;

  RunningInstances(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  List<Servers.Instance> find() {
    return jdbc.sql(RUNNING)
        .query(
            (row, number) ->
                new Servers.Instance(
                    row.getString("host"),
                    row.getString("tzdata"),
                    row.getObject("seen_at", Timestamp.class).toInstant()))
        .list();
  }
}
