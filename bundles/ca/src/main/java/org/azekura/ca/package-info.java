/**
 * The backup server's own certificate authority. Its key and certificate lie in {@code ca/ca.p12} of the home (mode 0600): PKCS #12 without a
 * password, one key entry {@code authority}. The file is made at the first start and never again.
 */
package org.azekura.ca;
