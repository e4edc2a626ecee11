package io.playgrant.cli.train;

import io.playgrant.app.Application;
import io.playgrant.batch.ChunkPipeline;
import io.playgrant.batch.CsvRequests;
import io.playgrant.batch.RequestFormat;
import io.playgrant.batch.ResultFile;
import io.playgrant.batch.Summary;
import io.playgrant.batch.row.RowReader;
import io.playgrant.cli.terminal.FileFormat;
import io.playgrant.route.Issuer;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** A short run over a file of requests. */
final class TrainingBatch {

    private TrainingBatch() {}

    static void run(Application application, String authenticator, int rows) throws Exception {
        byte[] file = IntStream.range(0, rows)
                .mapToObj(row -> row + ",^film-" + row + ",00112233445566778899aabbccddeeff,1,0\n")
                .collect(Collectors.joining("", "id,kid,contentKey,securityLevel,hdcpOutputControl\n", ""))
                .getBytes(StandardCharsets.UTF_8);
        try (RowReader reader = RowReader.csv(new ByteArrayInputStream(file));
                Issuer issuer = Issuer.open(application);
                ResultFile results = ResultFile.create(application.dataFolder().file("results.csv"))) {
            RequestFormat requests = CsvRequests.of(
                    Objects.requireNonNull(reader.next()), Map.of("customerAuthenticator", List.of(authenticator)));
            new ChunkPipeline(
                            requests,
                            items -> items.stream().map(issuer::issue).toList(),
                            FileFormat.CSV.results(),
                            Runtime.getRuntime().availableProcessors(),
                            new CountDownLatch(1))
                    .run(reader, results, new Summary(), (position, answered) -> {});
        }
    }
}
