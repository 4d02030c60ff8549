# repcount on Python 3.12; the pose model is built into the image, so that no container fetches anything.
#   docker build -t repcount .
#   docker run --rm -v "$PWD":/work repcount analyze squat.mp4 --exercise wall-squat
#   docker run --rm --network host repcount serve --lan    (so that it finds the address that the phone can reach)
FROM python:3.12-slim

RUN apt-get update \
    && apt-get install -y --no-install-recommends libgl1 libglib2.0-0 libegl1 libgles2 \
    && rm -rf /var/lib/apt/lists/*

COPY pyproject.toml README.md LICENSE /source/
COPY repcount /source/repcount
ENV XDG_CACHE_HOME=/var/cache/repcount XDG_DATA_HOME=/data PYTHONUTF8=1
RUN pip install --no-cache-dir '/source[phone]' && repcount models build && rm -rf /source /root/.cache

WORKDIR /work
EXPOSE 8765
ENTRYPOINT ["repcount"]
CMD ["--help"]
