package io.voicerouting.token;

import io.voicerouting.security.SecretCipher;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Encrypts signature secrets again, after each start, if their key is not the first one of the
 * settings any more. Each secret has a transaction of its own, so that any number of instances may
 * do this at the same time.
 */
@Component
class SecretReencryption {

  private static final Logger LOG = LoggerFactory.getLogger(SecretReencryption.class);

  private final ApiTokenRepository tokens;
  private final SecretCipher cipher;
  private final TransactionTemplate transaction;

  SecretReencryption(
      ApiTokenRepository tokens, SecretCipher cipher, PlatformTransactionManager transactions) {
    this.tokens = tokens;
    this.cipher = cipher;
    this.transaction = new TransactionTemplate(transactions);
  }

  @EventListener(ApplicationReadyEvent.class)
  void run() {
    try {
      List<Long> ids = transaction.execute(status -> tokens.findIdsWithSecret());
      long renewed = ids.stream().filter(this::isRenewed).count();
      if (renewed > 0) {
        LOG.info("Voice routing cache: {} signature secrets have the first key now", renewed);
      }
    } catch (RuntimeException e) {
      LOG.warn("Voice routing cache: Signature secrets could not be encrypted again", e);
    }
  }

  /** One secret that cannot be decrypted does not keep the others from being encrypted again. */
  private boolean isRenewed(long id) {
    try {
      return Boolean.TRUE.equals(transaction.execute(status -> renew(id)));
    } catch (IllegalStateException e) {
      LOG.atWarn()
          .addKeyValue("token_id", id)
          .addKeyValue("cause", e.getMessage())
          .log("Voice routing cache: Signature secret cannot be encrypted again");
      return false;
    }
  }

  private boolean renew(long id) {
    ApiToken row = tokens.lock(id).orElse(null);
    String secret = row == null ? null : row.getSignatureSecret();
    if (row == null || secret == null || cipher.isCurrent(secret)) {
      return false;
    }
    row.setSignatureSecret(cipher.encrypt(cipher.decrypt(secret)));
    tokens.saveAndFlush(row);
    return true;
  }
}
