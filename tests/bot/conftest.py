"""Real graph storage, real dictionaries, real vectors, this tree's model."""

import asyncio
import subprocess
from pathlib import Path

import pytest
from rasa.core.agent import Agent, load_agent
from rasa.engine.graph import ExecutionContext, GraphSchema
from rasa.engine.storage.local_model_storage import LocalModelStorage

from bot.components.word_vectors import WordVectors
from tests.support.servers import API_PYTHON, ROOT


@pytest.fixture
def storage(tmp_path: Path) -> LocalModelStorage:
    return LocalModelStorage.create(tmp_path)


@pytest.fixture(scope="session")
def context() -> ExecutionContext:
    return ExecutionContext(GraphSchema({}))


@pytest.fixture(scope="session")
def vectors() -> WordVectors:
    return WordVectors.from_ginza()


@pytest.fixture(scope="session")
def model() -> Path:
    command = [str(API_PYTHON), "-m", "tools.train"]
    done = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True)
    return Path(done.stdout.strip())


@pytest.fixture(scope="session")
def agent(model: Path) -> Agent:
    return asyncio.run(load_agent(model_path=str(model)))
