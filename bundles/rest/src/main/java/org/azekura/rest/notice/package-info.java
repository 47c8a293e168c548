/** Who is told what happens, and what waits to be told. */
package org.azekura.rest.notice;
