// SPDX-License-Identifier: MIT
import tseslint from 'typescript-eslint';

const noVscode = (above) => ({
  'no-restricted-imports': ['error', { paths: ['vscode'], patterns: [above, 'node:*'] }],
});

// A folder imports from those before it, and from no other.
const folders = ['launch', 'sessions', 'views', 'export', 'breakpoints', 'measuring', 'heat', 'stops', 'sideBar'];
const oneWay = folders.map((folder, index) => ({
  files: [`src/${folder}/*.ts`],
  rules: { 'no-restricted-imports': ['error', { patterns: ['../extension.ts', '../refresh.ts', ...folders.slice(index + 1).map((later) => `../${later}/*`)] }] },
}));

export default tseslint.config(
  { ignores: ['dist/', 'bin/', 'scripts/', 'eslint.config.mjs'] },
  ...tseslint.configs.strictTypeChecked,
  ...tseslint.configs.stylisticTypeChecked,
  {
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      '@typescript-eslint/no-non-null-assertion': 'error',
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
      '@typescript-eslint/non-nullable-type-assertion-style': 'off', // we use no `!`
      '@typescript-eslint/no-unsafe-class-instance-assignment': 'off', // vscode's Disposable is a shape
      'max-lines': ['error', 250],
      'max-lines-per-function': ['error', 40],
      complexity: ['error', 12],
    },
  },
  { files: ['src/pure/*.ts'], rules: noVscode('../*') },
  { files: ['src/pure/page/*.ts'], rules: noVscode('../../*') },
  ...oneWay,
  { files: ['test/*.ts'], rules: { 'max-lines-per-function': 'off', '@typescript-eslint/no-floating-promises': 'off' } },
);
