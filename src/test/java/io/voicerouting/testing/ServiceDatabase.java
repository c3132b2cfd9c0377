package io.voicerouting.testing;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * The service's database and its role. The role is no superuser, as in production: what needs more
 * rights than it has must fail in tests too.
 */
final class ServiceDatabase {

  static final String USERNAME = "voice_routing";
  static final String PASSWORD = "voice_routing";

  /** A role that owns nothing, with the password of the other one. */
  static final String PLAIN_USERNAME = "voice_routing_app";

  private static final String DATABASE = "voice_routing";

  private ServiceDatabase() {}

  static void create(String superuserUrl, String superuser, String superuserPassword) {
    try (Connection connection =
            DriverManager.getConnection(superuserUrl, superuser, superuserPassword);
        Statement statement = connection.createStatement()) {
      statement.execute("create role " + USERNAME + " login password '" + PASSWORD + "'");
      statement.execute("create role " + PLAIN_USERNAME + " login password '" + PASSWORD + "'");
      statement.execute("create database " + DATABASE + " owner " + USERNAME);
    } catch (SQLException refusal) {
      throw new IllegalStateException("No database at " + superuserUrl, refusal);
    }
  }

  static String jdbcUrl(String host, int port) {
    return "jdbc:postgresql://" + host + ":" + port + "/" + DATABASE;
  }
}
