package io.oomstream.anomaly;

import io.oomstream.event.AnomalySignal;

/** A signal and its deterministic id. */
public record RaisedSignal(String id, AnomalySignal signal) {}
