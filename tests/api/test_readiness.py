"""Not ready before the engine has answered, but messages are accepted all the same."""

from api.app import create_app
from api.settings import Settings
from tests.api.conftest import begin, serving
from tests.support.servers import free_port


async def test_without_an_engine_the_gateway_is_alive_but_not_ready(settings: Settings) -> None:
    down = settings.model_copy(
        update={"engine": "rasa", "rasa_urls": [f"http://127.0.0.1:{free_port()}"]}
    )
    async with serving(create_app(down)) as client:
        talk = await begin(client)
        talk.headers["Prefer"] = "wait=1"
        assert (await client.get("/healthz")).status_code == 200
        assert (await client.get("/readyz")).status_code == 503
        assert (await talk.send(text="ロックされた")).status_code == 202
