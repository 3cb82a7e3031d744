"""`okra completion`: the script with which a shell completes commands and flags."""

from __future__ import annotations

import shlex

import click
from click.shell_completion import ShellComplete

from okra.cli.options import Shared, okra_command
from okra.errors import UsageError

# Bash cuts words at colons, so what stands before the last colon of a word is taken off its candidates.
_BASH = r"""
_okra() {
  local line=${COMP_LINE:0:COMP_POINT} word found IFS=$'\n'
  word=${line##*[[:space:]]}
  COMPREPLY=()
  for found in $(okra completion --candidates "$line" 2>/dev/null); do
    found=${found%%$'\t'*}
    [[ $word == *:* ]] && found=${found#"${word%"${word##*:}"}"}
    COMPREPLY+=("$found")
  done
}
complete -o bashdefault -o default -F _okra okra
"""
_ZSH = r"""
#compdef okra
_okra() {
  local -a found
  found=("${(@f)$(okra completion --candidates "$LBUFFER" 2>/dev/null)}")
  found=("${(@)found%%$'\t'*}")
  found=("${(@)found:#}")
  if (( ${#found} )); then
    compadd -a found
  else
    _files
  fi
}
compdef _okra okra
"""
_FISH = r"""
complete -c okra -e
complete -c okra -a '(okra completion --candidates (commandline -cp | string collect) 2>/dev/null)'
"""
SCRIPTS = {"bash": _BASH, "zsh": _ZSH, "fish": _FISH}


@okra_command(
    example="""\
eval "$(okra completion bash)"                                  # in ~/.bashrc
eval "$(okra completion zsh)"                                   # in ~/.zshrc, below compinit
okra completion fish > ~/.config/fish/completions/okra.fish"""
)
@click.argument("shell", type=click.Choice(sorted(SCRIPTS)), required=False, metavar="SHELL")
@click.option("--candidates", metavar="LINE", hidden=True)
@click.pass_context
def command(ctx: click.Context, shared: Shared, shell: str | None, candidates: str | None) -> None:
    """Print the completion script of a SHELL: bash, zsh or fish."""
    if candidates is not None:
        for line in _candidates(ctx.find_root().command, candidates):
            shared.out.show(line)
        return
    if shell is None:
        raise UsageError(
            "the name of a shell is missing",
            code="OKR601",
            help="name one: `okra completion bash`, `okra completion zsh` or `okra completion fish`",
        )
    script = SCRIPTS[shell].lstrip("\n").rstrip("\n")
    shared.out.show(script)
    shared.out.document({"shell": shell, "script": script})


def _candidates(root: click.Command, line: str) -> list[str]:
    """What may stand at the end of `line`, each with its help behind a tab."""
    words = _words(line)
    incomplete = "" if not words or line[-1:].isspace() else words.pop()
    found = ShellComplete(root, {}, "okra", "").get_completions(words[1:], incomplete)
    return [f"{item.value}\t{item.help or ''}" for item in found if item.type == "plain"]


def _words(line: str) -> list[str]:
    try:
        return shlex.split(line)
    except ValueError:  # a quote is still open
        return line.split()
