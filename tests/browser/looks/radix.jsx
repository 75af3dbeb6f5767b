import "@radix-ui/themes/styles.css";
import { createRoot } from "react-dom/client";
import { AlertDialog, Avatar, Badge, Blockquote, Box, Button, Callout, Card, Checkbox, CheckboxCards, Code, DataList, Dialog, Em, Flex, Grid, Heading, Inset, Kbd, Link, Progress, Quote, Radio, RadioCards, RadioGroup, ScrollArea, SegmentedControl, Select, Separator, Skeleton, Slider, Spinner, Strong, Switch, TabNav, Table, Tabs, Text, TextArea, TextField, Theme } from "@radix-ui/themes";
import { useState } from "react";

function Page() {
  const [later, setLater] = useState(false);
  window.later = async () => { setLater(true); await new Promise((done) => setTimeout(done, 300)); };
  return <Theme accentColor="crimson" grayColor="sand" radius="large" scaling="95%" appearance={later ? "dark" : "light"}>
    <Grid columns="3" gap="4" p="4"><Flex direction="column" gap="3">
      <Flex gap="2" wrap="wrap"><Button>Pay</Button><Button color="red" variant="soft">Delete</Button><Button color="green" variant="outline" size="1" radius="full">Go</Button><Button variant="ghost" disabled>Off</Button><Button highContrast variant="surface" loading>Wait</Button></Flex>
      <Heading size="6" color="indigo">Orders of Jane</Heading><Text as="p" size="2" color="gray" weight="bold">Text <Em>em</Em> <Strong>strong</Strong> <Code color="cyan">code</Code> <Kbd>K</Kbd> <Quote>q</Quote> <Link href="#" underline="always">link</Link></Text><Blockquote color="amber">Quote</Blockquote>
      <Flex gap="2"><Badge color="orange">New</Badge><Badge variant="solid" color="jade">Done</Badge><Avatar fallback="J" color="plum" /><Avatar fallback="R" variant="solid" size="1" /><Spinner /></Flex>
      <Callout.Root color="red" variant="surface"><Callout.Text>Careful, Jane</Callout.Text></Callout.Root><Card variant="classic"><Inset clip="padding-box" side="top"><Box style={{ background: "var(--accent-9)", height: 30 }} /></Inset>Card</Card><Progress value={60} color="teal" /><Skeleton>Loading</Skeleton><Separator size="4" color="blue" />
    </Flex><Flex direction="column" gap="3">
      <TextField.Root defaultValue="Jane" color="violet" variant="soft"><TextField.Slot>@</TextField.Slot></TextField.Root><TextArea placeholder="Say" color="ruby" /><Flex gap="2"><Checkbox defaultChecked color="lime" /><Checkbox variant="soft" /><Switch defaultChecked color="pink" /><Switch size="3" /><Radio name="x" value="1" defaultChecked color="gold" /></Flex>
      <RadioGroup.Root defaultValue="1" color="tomato"><RadioGroup.Item value="1">One</RadioGroup.Item><RadioGroup.Item value="2">Two</RadioGroup.Item></RadioGroup.Root><RadioCards.Root defaultValue="a"><RadioCards.Item value="a">A</RadioCards.Item><RadioCards.Item value="b">B</RadioCards.Item></RadioCards.Root><CheckboxCards.Root defaultValue={["a"]}><CheckboxCards.Item value="a">A</CheckboxCards.Item></CheckboxCards.Root>
      <SegmentedControl.Root defaultValue="in"><SegmentedControl.Item value="in">Inbox</SegmentedControl.Item><SegmentedControl.Item value="out">Sent</SegmentedControl.Item></SegmentedControl.Root><Slider defaultValue={[40]} color="grass" /><Slider defaultValue={[20, 70]} variant="soft" orientation="vertical" style={{ height: 60 }} />
      <Select.Root defaultValue="1"><Select.Trigger color="mint" variant="soft" /><Select.Content><Select.Item value="1">One</Select.Item></Select.Content></Select.Root>
    </Flex><Flex direction="column" gap="3">
      <Tabs.Root defaultValue="1"><Tabs.List color="bronze"><Tabs.Trigger value="1">One</Tabs.Trigger><Tabs.Trigger value="2">Two</Tabs.Trigger></Tabs.List><Tabs.Content value="1">First</Tabs.Content></Tabs.Root><TabNav.Root><TabNav.Link href="#" active>Now</TabNav.Link><TabNav.Link href="#">Then</TabNav.Link></TabNav.Root>
      <Table.Root variant="surface"><Table.Header><Table.Row><Table.ColumnHeaderCell>Name</Table.ColumnHeaderCell></Table.Row></Table.Header><Table.Body><Table.Row><Table.RowHeaderCell>Jane</Table.RowHeaderCell></Table.Row></Table.Body></Table.Root>
      <DataList.Root><DataList.Item align="center"><DataList.Label color="gray">Name</DataList.Label><DataList.Value><Badge color="sky">Jane</Badge></DataList.Value></DataList.Item></DataList.Root><ScrollArea style={{ height: 50 }} type="always"><Box p="2">a<br />b<br />c<br />d</Box></ScrollArea>
      <Theme accentColor="cyan" appearance="dark" panelBackground="solid"><Card><Button>Dark</Button></Card></Theme>
      <Dialog.Root open={later}><Dialog.Content maxWidth="300px"><Dialog.Title>Dialog</Dialog.Title><Dialog.Description>For Jane</Dialog.Description><Button color="gray">Close</Button></Dialog.Content></Dialog.Root>
    </Flex></Grid>
  </Theme>;
}
createRoot(document.getElementById("root")).render(<Page />);
