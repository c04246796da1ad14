# Two commands matter: `make up` runs the bot, `make test` tests it.
.DEFAULT_GOAL := help
.PHONY: help up down chat train test parts scenarios browser demo-line demo-slack channel-check faults fuzz nightly collected lint check-links check-reviews thresholds evaluate screenshots staff-screenshots audit secrets requirements check-requirements reset staff-user backup restore purge disclosure demo-data contract

API := .venv-api/bin/python
BOT := .venv-bot/bin/python
UV := .venv-uv/bin/uv
# What differs between the databases, run on both.
ON_POSTGRES := tests/api/kit tests/api/test_migrations.py tests/api/chat/test_keys.py tests/api/review/test_replica.py \
	tests/api/review/conversations/test_search.py tests/api/accounts/test_migrate.py
# No bytecode switch: without it each start of Rasa compiles 10 MB of Python again.
unexport PYTHONDONTWRITEBYTECODE

help: ## this list
	@awk -F':.*## ' '/^[a-z-]+:.*## / {printf "make %-19s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

up: ## run everything; prints the page's address; Ctrl-C stops it
	@tools/lay_environments.sh run
	@exec $(API) -m tools.up

down: ## stop what `make up` started
	@test -x $(API) || { echo "Nothing was running."; exit 0; }; $(API) -m tools.down

chat: ## talk with the running bot in the terminal
	@test -x $(API) || { echo "Start the bot first: make up"; exit 1; }; exec $(API) -m tools.chat

staff-user: ## let somebody into the staff console; NAME=hanako ROLE=reader|reviewer|editor|admin SHOWN=花子
	@tools/lay_environments.sh run
	@$(API) -m tools.staff_user "$(NAME)" "$(ROLE)" "$(SHOWN)"

backup: ## copy the databases into var/backups/, also while the bot runs
	@$(API) -m tools.backup

restore: ## put the newest backup back, or FROM=folder, and forget again what was erased since
	@$(API) -m tools.restore "$(FROM)"

purge: ## delete what is older than its class allows; ARGS=--dry-run only counts
	@$(API) -m tools.purge $(ARGS)

disclosure: ## put all that is kept about one conversation into one file for its person; RECEIPT=HB-…
	@$(API) -m tools.disclosure "$(RECEIPT)"

demo-data: ## talk 2,000 conversations (COUNT=) with the running bot, for a living console
	@$(API) -m tools.demo_data "$(COUNT)"

train: ## train the model if data or configuration changed
	@tools/lay_environments.sh run
	@$(API) -m tools.train

test: parts scenarios ## all tests that need no outside server, in both environments

parts: ## the tests of each part by itself, and of those that meet at an interface
	@tools/lay_environments.sh dev
	@$(API) -m tools.train
	@$(API) -m tools.build_widget
	$(BOT) -m pytest tests/bot tests/actions --collected bot
	$(API) -m pytest tests/api tests/house tests/tools -n 3 --collected api
	HELPBOT_TEST_DATABASE=postgres $(API) -m pytest $(ON_POSTGRES) -n 2
	$(API) -m pytest tests/contract --collected contract

scenarios: ## promises to a person, on the real stack
	@tools/lay_environments.sh dev
	@$(API) -m tools.train
	@$(API) -m tools.build_widget
	$(API) -m pytest tests/scenarios --collected scenarios

nightly: ## what takes too long for each change: times, the corpus, faults, fuzz, all dialogues on LINE and Slack
	@tools/lay_environments.sh dev
	@$(API) -m tools.train
	$(API) -m pytest tests/nightly
	HELPBOT_TEST_DATABASE=postgres $(API) -m pytest tests/api -n 2
	HELPBOT_TEST_DATABASE=postgres HELPBOT_TEST_PARTITIONS=yes $(API) -m pytest tests/api -n 2
	HELPBOT_TEST_EVERYTHING=1 $(API) -m pytest tests/scenarios/test_7_line_and_slack.py
	@$(MAKE) -s faults fuzz hostile

browser: ## the page in Debian's Chromium (apt-get install chromium fonts-noto-cjk)
	@tools/lay_environments.sh dev
	@$(API) -m tools.train
	$(API) -m pytest tests/browser --collected browser

demo-line: ## a conversation through a fake LINE, in the terminal
	@tools/lay_environments.sh dev
	@$(API) -m tests.fakes.demo line

demo-slack: ## a conversation through a fake Slack, in the terminal
	@tools/lay_environments.sh dev
	@$(API) -m tests.fakes.demo slack

channel-check: ## what is wrong with LINE's or Slack's token, webhook URL or clock
	@test -x $(API) || { echo "Start the bot first: make up"; exit 1; }; $(API) -m tools.channel_check

faults: ## break the running stack at random moments and count what was lost (two hours; ARGS=--short)
	@tools/lay_environments.sh dev
	@$(API) -m tests.faults $(ARGS)

fuzz: ## mutated bodies under valid signatures (10,000 each; ARGS="--bodies 500")
	@tools/lay_environments.sh dev
	@$(API) -m tests.faults.fuzz $(ARGS)

collected: ## write down how many tests there are
	@tools/lay_environments.sh dev
	@$(API) -m tools.count_tests

lint: ## format, style, types, data
	@tools/lay_environments.sh dev
	$(API) -m tools.build_widget check
	$(API) -m ruff format --check .
	$(API) -m ruff check .
	$(API) -m mypy api tools
	$(BOT) -m mypy bot actions
	$(API) -m tools.validate_data
	$(API) -m tools.near_duplicates

check-links: ## official links against the recorded results; ARGS=--record looks at the pages
	@tools/lay_environments.sh dev
	@$(API) -m tools.check_links $(ARGS)

check-reviews: ## warn of answers and sources whose review is due
	@tools/lay_environments.sh dev
	@$(API) -m tools.check_reviews

thresholds: ## what the thresholds of config.yml and of two requests cost and bring
	@tools/lay_environments.sh run
	@$(BOT) -W ignore -m evaluation.thresholds
	@$(BOT) -W ignore -m evaluation.two_requests

evaluate: ## how well it understands, beside stock pipelines: evaluation/report.md (MASSIVE=folder; an hour)
	@tools/lay_environments.sh dev
	@$(API) -m tools.evaluate $(MASSIVE)

screenshots: ## take the pictures in docs/images/ from the running bot, with Debian's Chromium
	@tools/lay_environments.sh dev
	@$(API) -m tools.screenshots

staff-screenshots: ## take the pictures of the staff guide from the running bot (make demo-data first)
	@tools/lay_environments.sh dev
	@$(API) -m tools.staff_screenshots

requirements: ## compile requirements/*.txt from pyproject.toml, keeping what is pinned
	@tools/lay_environments.sh dev
	$(API) -m tools.requirements write

audit: ## compare the pinned packages with known advisories and with requirements/accepted-risks.yml
	@$(API) -m tools.audit $(ARGS)

secrets: ## look for secrets in tracked files; what is none is listed in .secrets.baseline
	@$(API) -m tools.secret_scan

check-requirements: ## fail if requirements/*.txt do not follow from pyproject.toml
	@tools/lay_environments.sh dev
	$(API) -m tools.requirements check

reset: ## stop, then delete databases, logs and generated files
	@test -x $(API) || { echo "There is nothing to reset."; exit 0; }; $(API) -m tools.reset

.PHONY: bench load

bench: ## speed and cost beside bare Rasa and a stock pipeline: benchmarks/report.md (two hours; ARGS=--short)
	@tools/lay_environments.sh dev
	@$(API) -m tools.train
	@$(API) -m benchmarks.speed $(ARGS)

load: ## 10 messages a second for 30 minutes, a burst, a flood, 500 listeners: benchmarks/load.md (ARGS=--short)
	@tools/lay_environments.sh dev
	@$(API) -m tools.train
	@$(API) -m benchmarks.load $(ARGS)

.PHONY: doctor
doctor: ## what is wrong with this machine, settings, databases, model, ports, channels, and what to do
	@test -x $(API) || { echo "Nothing is laid yet: run make up first."; exit 1; }; $(API) -m tools.doctor

contract: ## what every engine has to do, on Rasa and on the keyword engine
	@tools/lay_environments.sh dev
	@$(API) -m tools.train
	$(API) -m pytest tests/contract --collected contract

.PHONY: sbom licences check-licences check-compose hostile
sbom: ## what is installed to run, as CycloneDX files in var/sbom/
	@tools/lay_environments.sh dev
	@$(API) -m tools.sbom sbom

licences: ## write docs/licences.md from the installed environments
	@tools/lay_environments.sh dev
	@$(API) -m tools.sbom licences

check-licences: ## fail on a licence that is not allowed, or where docs/licences.md does not follow
	@tools/lay_environments.sh dev
	@$(API) -m tools.sbom check

check-compose: ## compose.yaml against the Compose specification and by `docker compose config` (nothing is built here)
	@tools/lay_environments.sh dev
	@tools/check_compose.sh

hostile: ## 10,000 requests made from each OpenAPI document (CASES=)
	@tools/lay_environments.sh dev
	HELPBOT_TEST_CASES=$(or $(CASES),10000) $(API) -m pytest tests/api/hostile/test_documents.py
