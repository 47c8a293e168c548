/**
 * A real peer that speaks S3, on loopback: {@link org.azekura.testkit.s3.Radosgw}; and what gives it an archive: {@link org.azekura.testkit.s3.ArchiveFront}. What a test forgets ends with its
 * JVM.
 */
package org.azekura.testkit.s3;
