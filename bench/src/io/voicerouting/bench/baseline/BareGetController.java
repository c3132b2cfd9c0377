package io.voicerouting.bench.baseline;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.lettuce.core.RedisClient;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.codec.ByteArrayCodec;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.context.annotation.Profile;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ResponseStatusException;

/** Returns the bytes that the service stored in Redis, by one {@code GET}, without parsing them. */
@RestController
@RequestMapping(
    path = "/api/v1/organizations/{org}/routing/baseline",
    produces = MediaType.APPLICATION_JSON_VALUE)
@Profile("bare-get")
class BareGetController implements DisposableBean {

  private final StatefulRedisConnection<byte[], byte[]> connection;

  BareGetController(LettuceConnectionFactory factory) {
    RedisClient client = (RedisClient) factory.getRequiredNativeClient();
    connection = client.connect(ByteArrayCodec.INSTANCE);
  }

  @GetMapping("/extensions/{number}")
  byte[] extension(@PathVariable long org, @PathVariable String number) {
    return get("routing:extension:" + org + ":" + number);
  }

  @GetMapping("/business-hours")
  byte[] businessHours(@PathVariable long org) {
    return get("routing:business_hours:" + org);
  }

  private byte[] get(String key) {
    byte[] value = connection.sync().get(key.getBytes(UTF_8));
    if (value == null) {
      throw new ResponseStatusException(HttpStatus.NOT_FOUND);
    }
    return value;
  }

  @Override
  public void destroy() {
    connection.close();
  }
}
