package org.azekura.api.catalog;

import java.time.Instant;
import org.azekura.api.UserName;

/**
 * Who a user is at a provider. Issuer and subject are never given to anybody else; names and e-mail addresses may be.
 *
 * @param shown what the provider calls him, for people
 * @param made  when he first came
 */
public record Identity(String issuer, String subject, UserName user, String shown, Instant made) {}
