FROM acme/builder:${VERSION:-1.0} AS b
FROM scratch
COPY --from=b / /
