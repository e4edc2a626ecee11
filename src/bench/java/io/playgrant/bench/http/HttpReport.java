package io.playgrant.bench.http;

import static io.playgrant.bench.http.Contenders.BARE;
import static io.playgrant.bench.http.Contenders.HAND_WRITTEN;
import static io.playgrant.bench.http.Contenders.PLAYGRANT;

import io.playgrant.bench.measure.Rounds;
import io.playgrant.bench.measure.Slice;
import io.playgrant.bench.report.BarChart;
import io.playgrant.bench.report.Figure;
import io.playgrant.bench.report.Numbers;
import io.playgrant.bench.report.Report;
import io.playgrant.bench.report.Table;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import java.util.stream.DoubleStream;

/** The tables, charts and figures of {@code ./bench http}. */
final class HttpReport {

    private static final double KILOBYTE = 1_000;

    private final Map<HttpCase, Rounds<Slice>> measured;
    private final HalfLoad halfLoad;

    HttpReport(Map<HttpCase, Rounds<Slice>> measured, HalfLoad halfLoad) {
        this.measured = measured;
        this.halfLoad = halfLoad;
    }

    Report report() {
        return new Report("http")
                .table(ratios())
                .table(medians())
                .table(halfLoad.table())
                .data("slices", slices())
                .chart(
                        "http-processor",
                        "Processor time of Playgrant divided by that of bare Vert.x, by kind of request",
                        chart("Processor time ÷ bare Vert.x", Slice::processorMicros, Figure.PROCESSOR_TO_BARE))
                .chart(
                        "http-throughput",
                        "Throughput of Playgrant divided by that of bare Vert.x, by kind of request",
                        chart("Throughput ÷ bare Vert.x", Slice::rate, Figure.THROUGHPUT_TO_BARE))
                .chart("http-latency", "Latency at half load, by percentile", halfLoad.chart())
                .figure(Figure.PROCESSOR_TO_BARE, toBare(HttpCase.BASE, Slice::processorMicros))
                .figure(Figure.THROUGHPUT_TO_BARE, toBare(HttpCase.BASE, Slice::rate))
                .figure(Figure.ONE_CONNECTION_TO_BARE, toBare(HttpCase.ONE_CONNECTION, Slice::rate))
                .figure(
                        Figure.PROCESSOR_TO_HAND_WRITTEN,
                        ratio(HttpCase.BASE, HAND_WRITTEN, Slice::processorMicros))
                .figure(Figure.P99_TO_BARE, halfLoad.p99ToBare())
                .figure(Figure.ERRORS_TO_SUCCESS, errorsToSuccess());
    }

    private Rounds<Slice> of(HttpCase one) {
        Rounds<Slice> rounds = measured.get(one);
        if (rounds == null) {
            throw new IllegalArgumentException(one.name());
        }
        return rounds;
    }

    private double ratio(HttpCase one, String other, ToDoubleFunction<Slice> value) {
        return of(one).ratio(PLAYGRANT, other, value);
    }

    private double toBare(HttpCase one, ToDoubleFunction<Slice> value) {
        return ratio(one, BARE, value);
    }

    /** The lower one of html and json. */
    private double errorsToSuccess() {
        return DoubleStream.of(
                        ratio(HttpCase.HTML_ERROR, HttpBenchmark.SUCCESS, Slice::rate),
                        ratio(HttpCase.JSON_ERROR, HttpBenchmark.SUCCESS, Slice::rate))
                .min()
                .orElseThrow();
    }

    private Table ratios() {
        Table table = Table.of(
                "Playgrant ÷ bare Vert.x, and ÷ the same written by hand",
                "request",
                "throughput ÷ bare",
                "processor ÷ bare",
                "p99 ÷ bare",
                "throughput ÷ hand-written",
                "processor ÷ hand-written",
                "allocated ÷ hand-written");
        measured.keySet().forEach(one -> table.row(
                one.name(),
                Numbers.of(toBare(one, Slice::rate)),
                Numbers.of(toBare(one, Slice::processorMicros)),
                Numbers.of(toBare(one, Slice::p99)),
                Numbers.of(ratio(one, HAND_WRITTEN, Slice::rate)),
                Numbers.of(ratio(one, HAND_WRITTEN, Slice::processorMicros)),
                Numbers.of(ratio(one, HAND_WRITTEN, Slice::allocatedBytes))));
        return table;
    }

    private Table medians() {
        Table table = Table.of(
                "Medians",
                "request, server",
                "requests/s",
                "p50 ms",
                "p99 ms",
                "processor µs/request",
                "allocated KB/request");
        measured.forEach((one, rounds) -> rounds.names().forEach(name -> table.row(
                one.name() + ": " + name,
                Numbers.of(rounds.median(name, Slice::rate)),
                Numbers.of(rounds.median(name, Slice::p50)),
                Numbers.of(rounds.median(name, Slice::p99)),
                Numbers.of(rounds.median(name, Slice::processorMicros)),
                Numbers.of(rounds.median(name, Slice::allocatedBytes) / KILOBYTE))));
        return table;
    }

    private Table slices() {
        Table table = Table.of(
                "Slices", "request", "server", "round", "rate", "p50", "p99", "processorMicros", "allocatedBytes");
        measured.forEach((one, rounds) -> rounds.names().forEach(name -> {
            int round = 0;
            for (Slice slice : rounds.of(name)) {
                table.row(
                        one.name(),
                        name,
                        Integer.toString(round++),
                        Double.toString(slice.rate()),
                        Double.toString(slice.p50()),
                        Double.toString(slice.p99()),
                        Double.toString(slice.processorMicros()),
                        Double.toString(slice.allocatedBytes()));
            }
        }));
        return table;
    }

    private String chart(String title, ToDoubleFunction<Slice> value, Figure figure) {
        BarChart chart = new BarChart(title).targets(figure);
        measured.keySet().forEach(one -> chart.bar(one.name(), toBare(one, value)));
        return chart.svg();
    }
}
