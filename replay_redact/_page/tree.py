"""The visitor: one iterative walk that masks a tree in place.

The decision about a node follows from the decision about its parent and from its own facts, so one
walk down the tree is enough. The visitor itself neither decides nor masks: it brings rules, masks
and nodes together.

* Plain text is gathered and masked at the end: one long string is masked faster than many short
  ones.
* Every node enters the mirror, also below a blocked element. So later events about it are known to
  be about a blocked node.
* A text is masked unless the decision says otherwise.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from replay_redact._allowlists.forms import is_tag_name
from replay_redact._allowlists.identifiers import zeroed
from replay_redact._css.tokens import is_balanced
from replay_redact._page.attributes import AttributeMasks
from replay_redact._page.gathered import GatheredTexts
from replay_redact._page.leaves import MARK, channel_below, gather_style, mark, mask_leaf
from replay_redact._page.masking import Masks
from replay_redact._page.mirror import Branch, Mirror
from replay_redact._page.tally import Tally
from replay_redact._page.waiting import Waiting
from replay_redact._rules.decisions import SENSITIVE, is_code
from replay_redact._rules.matching import BOUNDARY, OTHER
from replay_redact._rules.strict import COMMENT, Context, Rules
from replay_redact.events import AttributeMutation, TextMutation
from replay_redact.nodes import Comment, Document, Element, Node, Text

_PARENTS = (Element, Document)  # a tuple: ``Element | Document`` would be built at each call
_MAX_TAGS = 4096


class Visitor:
    """Masks trees for one redactor."""

    def __init__(self, rules: Rules, mirror: Mirror[Context], tally: Tally) -> None:
        self.rules = rules
        self.mirror = mirror
        self.masks = Masks(rules.policy, tally.report)
        self.tally = tally
        self.attributes = AttributeMasks(rules, self.masks, self.tally)
        self.gathered = GatheredTexts(self.masks, self.tally)
        self.waiting = Waiting(rules, self.masks, mirror, self.tally)
        self._known_tags: set[str] = set()  # tags that stay as they are

    def snapshot(self, root: Node) -> None:
        """Mask a whole document. The mirror then holds this tree and nothing else."""
        self.mirror.clear()
        self.mirror.replace(self._branch(root, None, self.rules.root))
        self.waiting.settle()

    def addition(self, node: Node, parent_id: int, above: Context) -> bool:
        """Mask a node that was added, with all below it. ``above`` is the decision of its parent.

        Returns false if the node must be dropped, because the parent is blocked.
        """
        if above.blocked:
            self._hidden_addition(node, parent_id)
            return False
        if self.mirror.fields:
            self._keep_fields(node)
        if node.id in self.mirror.parents:
            self.mirror.remove(node.id)
            above = self.mirror.context(parent_id)  # the parent may have been removed with it
        self.mirror.graft(self._branch(node, parent_id, above))
        return True

    def _keep_fields(self, root: Node) -> None:
        """Mark fields that were sensitive before they moved; see `mark`."""
        fields = self.mirror.fields
        for node in nodes_of(root):
            if node.id in fields:
                mark(node)

    def _hidden_addition(self, node: Node, parent_id: int) -> None:
        """Enter nodes that nobody will see; those known elsewhere stay there, blocked."""
        self.mirror.add_hidden([inner.id for inner in nodes_of(node)], parent_id)

    def _branch(self, root: Node, parent_id: int | None, above: Context) -> Branch:
        """Mask a tree, except its plain text, and return what the mirror needs to know of it."""
        branch = Branch(root.id, parent_id)
        count = self._tree([root], above, branch)
        if count != len(branch.parents):
            branch.settle([node.id for node in nodes_of(root)])
        if branch.hidden:
            branch.hide()
        self._scan(root, parent_id)
        return branch

    def _scan(self, _root: Node, _parent_id: int | None) -> None:
        self.gathered.scan_shown()

    def _node(self, node: Node, above: Context, branch: Branch) -> Context:
        """Mask one node without its children; return its context."""
        facts = self._facts(node)
        if facts:
            branch.facts[node.id] = facts
        if type(node) is Text:
            of_parent = not facts or is_code(above, facts)
            context = above if of_parent else self.rules.child(above, facts)
            css = node.text_content
            is_change = branch.parent_id is not None and branch.root_id == node.id
            self._text(node, context, "text" if is_change else channel_below(above))
            self.waiting.style_text(node, css, [context])
            return above
        if not above.blocked:
            mask_leaf(node, self.tally, channel_below(above), above)
        return self.rules.child(above, facts)

    def _facts(self, node: Node) -> int:
        """Return the facts of a node that is not an element."""
        if isinstance(node, Document):
            return OTHER | BOUNDARY
        boundary = OTHER | BOUNDARY if node.is_shadow is True else 0
        return boundary | (OTHER | COMMENT if type(node) is Comment else 0)

    def _tree(self, roots: list[Any], context: Context, branch: Branch) -> int:
        """Mask the children of one parent and all below them; return how many nodes there are."""
        parents, facts_of, gathered = branch.parents, branch.facts, self.gathered
        gather = gathered.texts.append
        mask_element, mask_node = self._element, self._node
        todo: list[tuple[list[Any], int | None, Context]] = [(roots, branch.parent_id, context)]
        put_off = todo.append
        decided: Context | None = None  # about the texts that are gathered
        count = 0
        for children, parent_id, above in todo:
            if above.css and not above.blocked:
                gather_style(children, self.tally, above)
            plain_text = Text if above.plain_text and not above.blocked else None
            if plain_text and above is not decided:
                decided = above
                gathered.decide(above)
            for child in children:
                kind = type(child)  # branch on the type first: CPython specializes attribute access
                parents[child.id] = parent_id
                if kind is plain_text and child.is_shadow is not True:
                    gather(child)
                elif kind is Element:
                    below = mask_element(child, above, facts_of)
                    if child.child_nodes:
                        put_off((child.child_nodes, child.id, below))
                else:
                    below = mask_node(child, above, branch)
                    if kind is Document:
                        put_off((child.child_nodes, child.id, below))
            count += len(children)
            if above.blocked:
                branch.hidden.extend([child.id for child in children])
                children.clear()
        return count

    def _element(self, element: Element, above: Context, facts_of: dict[int, int]) -> Context:
        """Mask the tag and attributes of an element, note its facts, return its context."""
        tag = element.tag_name
        if tag not in self._known_tags:
            tag = self._check_tag(element, above)
        attributes = element.attributes
        facts = self.rules.facts(tag, attributes)
        if element.is_shadow is True:
            facts |= BOUNDARY
        context = above.children.get(facts) or self.rules.child(above, facts)
        if context.blocked or facts & SENSITIVE:
            facts = self._special(element, tag, facts, context, above)
        elif attributes:
            compared: dict[str, str] = {}
            dropped = self.attributes.mask(attributes, context, compared, element)
            if compared:
                self.waiting.tag(element, element.id, compared, context)
            if dropped:
                self.attributes.count_dropped(dropped)
        if facts:
            facts_of[element.id] = facts
        return context

    def _special(
        self, element: Element, tag: str, facts: int, context: Context, above: Context
    ) -> int:
        """Mask the attributes of a blocked element or a sensitive field; return its facts.

        Of what is blocked, the outermost box counts, and each child that it had.
        """
        recorded = element.attributes
        shown, dropped, compared = self._attributes(tag, element, context)
        element.attributes = self._marked(tag, shown, facts)
        if context.blocked and not above.blocked:
            self.tally.replaced(element, recorded, context)
            self.tally.part(element, "media", len(element.child_nodes), context)
        self.waiting.tag(element, element.id, compared, context)
        self.attributes.count_dropped(dropped)
        return self._told(tag, element.attributes, facts) if context.blocked else facts

    def _marked(self, tag: str, shown: dict[str, Any], facts: int) -> dict[str, Any]:
        """Mark a sensitive field, if its masked attributes do not tell that it is one.

        So a field with a name such as ``cvv``, once that is masked, is still locked when the output
        is redacted again.
        """
        if not facts & SENSITIVE or self.rules.facts(tag, shown) & SENSITIVE:
            return shown
        return MARK | shown

    def _told(self, tag: str, shown: dict[str, Any], facts: int) -> int:
        """Return the facts of a blocked element without those that unmask it unseen.

        If its masked attributes do not tell such a fact, redacting the output again could not know
        of it once the block is lifted.
        """
        return facts & ~self.rules.untold_openings(self.rules.facts(tag, shown))

    def take_back(self, node_id: int, names: Iterable[str]) -> None:
        """Forget what these attributes told about a node that is blocked now; see `_told`."""
        mirror = self.mirror
        if node_id in mirror.parents and mirror.context(node_id).blocked:
            facts = mirror.facts.get(node_id, 0)
            for name in names:
                facts = self.rules.untold_change(facts, name)
            mirror.change_facts(node_id, facts)

    def _attributes(
        self, tag: str, element: Element, context: Context
    ) -> tuple[dict[str, Any], int, dict[str, str]]:
        """Mask attributes; return them, and how many were dropped because of their names.

        And the values that style sheets may compare.
        """
        attributes = element.attributes
        if context.blocked:
            return self.attributes.blocked(tag, attributes, context), 0, {}
        compared: dict[str, str] = {}
        dropped = self.attributes.mask(attributes, context, compared, element)
        return attributes, dropped, compared

    def _check_tag(self, element: Element, above: Context) -> str:
        """Give an element the tag that may go out, and return it."""
        tag = element.tag_name
        shown = zeroed(tag) if is_tag_name(tag) else "div"
        if shown == tag or tag.lower() in self.rules.tags:  # the policy names it
            if len(self._known_tags) < _MAX_TAGS:
                self._known_tags.add(tag)
            return tag
        if not above.blocked:
            self.tally.field(element, "tag_name", tag, "structure", above)
        element.tag_name = shown
        return shown

    def _text(self, node: Text, context: Context, channel: str) -> None:
        text = node.text_content
        if context.blocked:
            node.text_content = ""  # its box has no children
        elif context.silent or context.css:
            self.tally.field(node, "text_content", text, channel, context)
            silent = context.silent
            node.text_content = "" if silent else self.masks.sheet(text, always=context.forced)
        elif context.below_masked:
            self.gathered.text(node, context)
        else:
            self.gathered.show(node, context)

    def changed_text(self, text: str, context: Context) -> str:
        """Mask a new text that is neither CSS nor plain text, so not gathered."""
        if context.silent:
            return ""
        return (
            self.masks.text(text) if context.below_masked else self.masks.shown_text(text, context)
        )

    def whole_sheet(self, css: str, context: Context) -> str:
        """Return a new text of a style element; empty it if it has to be masked and cannot be.

        CSS that is not balanced cannot be masked: it may continue a string that began in a sibling.
        """
        masked = self.rules.policy.mask_css or context.forced
        return "" if masked and not is_balanced(css) else css

    def change_sheet(self, change: TextMutation, css: str, context: Context) -> None:
        """Mask a new text of a style element."""
        whole = self.whole_sheet(css, context)
        change.value = self.masks.sheet(whole, always=context.forced)
        self.waiting.text(change, "value", change.id, whole)

    def changed(self, change: AttributeMutation) -> None:
        """Take note of changed attributes, masked. See `_page.refined`."""

    # --- the second judgement, by what later events told ---

    def again(self, root: Node, parent: Context | None = None) -> None:
        """Mask a masked tree again, by what later events told.

        Facts come from the mirror: the masked tree no longer tells them. For a removed node, the
        decision follows from its ancestors in this tree, as far as those are still there.
        """
        todo: list[tuple[Node, list[Context]]] = [(root, [] if parent is None else [parent])]
        for node, above in todo:
            self.mirror.absent.discard(node.id)
            decisions, below = self._latest(node, above)
            if type(node) is Text:
                self._text_again(node, decisions, left_style=self._has_left_style(node, above))
            elif isinstance(node, _PARENTS):
                if isinstance(node, Element):
                    self._element_again(node, decisions)
                todo += [(child, below) for child in node.child_nodes]
        self.gathered.scan_shown()

    def _has_left_style(self, node: Text, above: list[Context]) -> bool:
        """Tell whether a text left its style element for a place where text is masked."""
        if node.id not in self.mirror.parents or not any(one.css for one in above):
            return False
        now = self.mirror.text_context(node.id)
        return now.below_masked and not now.css

    def _latest(self, node: Node, above: list[Context]) -> tuple[list[Context], list[Context]]:
        """Return the decisions by which to mask a node again, and those for its children.

        A node is masked by two decisions, so that the stricter one counts: that of its present
        place (or its last one), and that of its place in this event. It may have left a region that
        was masked only later. ``above`` holds the same two decisions for its parent.
        """
        mirror, is_text = self.mirror, type(node) is Text
        code = [one for one in above if one.css or one.silent] if is_text else None
        if code:
            return code, code  # it was code in this event, wherever it is now
        latest = mirror.latest_text(node.id) if is_text else mirror.latest(node.id)
        if latest is None:
            here = above if is_text else self._by_what_is_left(node, above)
            return here, here
        here = above if is_text else [self.rules.child(one, latest.bits) for one in above]
        below = here
        if not here or node.id in mirror.parents:
            below = [latest, *here[-1:]]
        return list(dict.fromkeys([latest, *here])), list(dict.fromkeys(below))

    def _by_what_is_left(self, node: Node, above: list[Context]) -> list[Context]:
        """Return the decisions about a node that nobody knows: a full snapshot came since.

        The masked node still tells the facts that a second redaction would find, such as that it
        is a style element.
        """
        if isinstance(node, Element):
            facts = self.rules.facts(node.tag_name, node.attributes)
            facts |= BOUNDARY if node.is_shadow is True else 0
        else:
            facts = self._facts(node)
        return [self.rules.child(one, facts) for one in above]

    def _element_again(self, element: Element, decisions: list[Context]) -> None:
        """Mask an element by each decision in turn; only what is left then may get words back."""
        compared: dict[str, str] = {}
        for context in decisions:
            compared = self._judge_again(element, context) | compared  # the first is the recorded
        left = compared.keys() & element.attributes.keys()
        self.waiting.tag(element, element.id, {name: compared[name] for name in left}, None)

    def _judge_again(self, element: Element, context: Context) -> dict[str, str]:
        """Mask an element by one decision; return the values that style sheets may compare."""
        tag, attributes = element.tag_name, element.attributes
        masked, _, compared = self._attributes(tag, element, context)  # drops were counted
        masked = self._marked(tag, masked, self.mirror.facts.get(element.id, 0))
        element.attributes = masked
        if context.blocked:
            self.take_back(element.id, attributes.keys() - masked.keys())
            self.tally.replaced(element, attributes, context)
            self.tally.part(element, "media", len(element.child_nodes), context)
            below = nodes_of(element)[1:]
            self.tally.lose(below)
            self.mirror.withhold(inner.id for inner in below)
            element.child_nodes.clear()
        return compared

    def _text_again(self, node: Text, decisions: list[Context], *, left_style: bool) -> None:
        """Mask a text by each decision. If it left its style element, it gets no words back."""
        css = node.text_content
        for context in decisions:
            if context.plain_text:
                if self.gathered.needs_mask(node.text_content):
                    self.gathered.text(node, context)
            else:
                self._text(node, context, channel_below(context))
        if left_style:
            self.tally.field(node, "text_content", css, "css", decisions[0])
            node.text_content = self.masks.sheet(node.text_content, always=True)
        else:
            self.waiting.style_text(node, css, decisions)


def nodes_of(root: Node) -> list[Node]:
    """Return a node and all below it."""
    found: list[Node] = [root]
    for node in found:
        if isinstance(node, _PARENTS):
            found.extend(node.child_nodes)
    return found
