// SPDX-License-Identifier: MIT
// Files whose names hold what Markdown and addresses use for themselves: the links of a hover act on them.

import { eventually } from './eventually.mjs';
import { scene } from './scene.mjs';

const PROGRAM = 'local list = {}\nfor i = 1, 100 do list[i] = {} end --@hot\nprint(#list) --@end\n';

for (const name of ['a (1) [b].lua', 'c) 100%41 #2.lua', `d|<b> 'x' "y" \\z.lua`, 'straße $(flame).lua'])
  scene(`links in ${name}`, { texts: { [name]: PROGRAM }, open: name }, async ({ workbench, editor, sample }) => {
    const [hot, end] = ['hot', 'end'].map((mark) => sample.line(name, mark));
    await editor.clickGutter(end);
    await workbench.press('F5');
    await workbench.stopsAt(end);
    await eventually(async () => (await editor.figures())[hot] !== undefined);
    await workbench.closeViews('Variables', 'Watch', 'Breakpoints', 'Call Stack');
    await editor.clickHoverLink(hot, 'Breakpoint');
    await eventually(async () => (await editor.breakpoints()).includes(hot));
    await editor.clickHoverLink(hot, 'Hottest lines');
    await eventually(async () => (await workbench.memory.activeRow()) === `${name}:${hot}`);
    await editor.clickHoverLink(hot, 'Break when it grows');
    await workbench.answer('1 MB');
    await eventually(async () => (await workbench.rows('Memory')).at(-1)?.[0] === `${name}:${hot}`);
    await editor.clickHoverLink(hot, 'Who holds it?');
    await workbench.memory.rowsOf('Who Holds It', ([first]) => first?.cells['Held by'].startsWith(`local list (main chunk, ${name})`));
  });
