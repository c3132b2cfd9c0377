package io.voicerouting.timezone;

import io.voicerouting.common.HostName;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The table in which each instance states the version of its rules. */
class InstanceTimeZones {

  private static final String ANNOUNCE =
      """
      insert into routing_instance (id, host, tzdata) values (?, ?, ?)
      on conflict (id) do update set seen_at = now()
      """;

  private static final String FORGET =
      "delete from routing_instance where seen_at < now() - interval '1 hour'";

  /** An instance states its version once a minute. */
  private static final String RUNNING =
      """
      select host, tzdata from routing_instance
      where tzdata <> ? and seen_at > now() - interval '3 minutes'
      """;

  private final JdbcClient jdbc;
  private final String version;
  private final UUID id = UUID.randomUUID();

  InstanceTimeZones(JdbcClient jdbc, String version) {
    this.jdbc = jdbc;
    this.version = version;
  }

  /**
   * States the version of this instance.
   *
   * @return hosts and versions of the running instances that have another one
   * @throws DataAccessException if the database could not be queried
   */
  SortedMap<String, String> announce() {
    jdbc.sql(ANNOUNCE).params(id, HostName.get(), version).update();
    jdbc.sql(FORGET).update();
    SortedMap<String, String> others = new TreeMap<>();
    jdbc.sql(RUNNING)
        .param(version)
        .query((row, number) -> Map.entry(row.getString("host"), row.getString("tzdata")))
        .list()
        .forEach(other -> others.put(other.getKey(), other.getValue()));
    return others;
  }
}
