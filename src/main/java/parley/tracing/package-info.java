/**
 * Traces of commands through OpenTelemetry: the span of a command, and under it {@code commit} and {@code deliver}.
 *
 * <p>{@link parley.tracing.Tracing} begins a {@link parley.tracing.Trace} for a command. The trace travels with the proposal through the
 * journal. The server has the switch ({@code otel.sdk.disabled=false}), the sampler and the exporter; this package has none of them.
 * {@code OpenTelemetryTraces} is the only class that uses the API of OpenTelemetry, which the WAR does not contain. It is loaded only if
 * the server has that API and the switch is on. Otherwise every trace is {@link parley.tracing.Trace#NONE}.
 *
 * <p>Spans never contain user ids, room ids, names, texts, addresses or tokens. The package has no static state and no threads, so
 * undeployment leaves nothing behind.
 */
package parley.tracing;
