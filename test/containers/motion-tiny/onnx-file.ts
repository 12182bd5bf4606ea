/** Just enough of ONNX's protobuf (onnx.proto3) to write graphs of a few operations, so that the tests need no weights of ours. */
type Field = readonly [number: number, value: number | bigint | string | Uint8Array | readonly Field[] | undefined];

const varint = (value: number | bigint): number[] => {
  const bytes: number[] = [];
  let rest = BigInt.asUintN(64, BigInt(value));
  for (; rest > 0x7fn; rest >>= 7n) bytes.push(Number(rest & 0x7fn) | 0x80);
  return [...bytes, Number(rest)];
};

function message(fields: readonly Field[]): Uint8Array {
  const bytes = fields.flatMap(([number, value]) => {
    if (value === undefined) return [];
    if (typeof value === 'number' || typeof value === 'bigint') return [...varint(number << 3), ...varint(value)];
    const body = typeof value === 'string' ? new TextEncoder().encode(value) : value instanceof Uint8Array ? value : message(value);
    return [...varint((number << 3) | 2), ...varint(body.length), ...body];
  });
  return Uint8Array.from(bytes);
}

const FLOAT = 1;
const INT64 = 7;

/** A dimension is a number, or a name where the size is only known when it runs. */
export type Shape = readonly (number | string)[];

const valueInfo = (name: string, type: number, shape: Shape): readonly Field[] => [
  [1, name],
  [
    2,
    [
      [
        1,
        [
          [1, type],
          [2, shape.map((size): Field => [1, [typeof size === 'number' ? [1, size] : [2, size]]])],
        ],
      ],
    ],
  ],
];

export interface Node {
  readonly type: string;
  readonly inputs: readonly string[];
  readonly output: string;
  readonly attributes?: Readonly<Record<string, number | string | readonly number[]>>;
}

export interface Constant {
  readonly shape: readonly number[];
  readonly values: readonly number[];
  /** The file that holds the values; in the graph when left out. */
  readonly file?: string;
}

export interface OnnxFile {
  readonly inputs: Readonly<Record<string, { readonly type?: 'int64'; readonly shape: Shape }>>;
  readonly constants: Readonly<Record<string, Constant>>;
  readonly nodes: readonly Node[];
  readonly output: { readonly name: string; readonly shape: Shape };
}

export const floatBytes = (values: readonly number[]): Uint8Array => new Uint8Array(Float32Array.from(values).buffer);

export function onnxFile({ inputs, constants, nodes, output }: OnnxFile): Uint8Array {
  const node = ({ type, inputs: reads, output: writes, attributes = {} }: Node): readonly Field[] => [
    ...reads.map((name): Field => [1, name]),
    [2, writes],
    [4, type],
    ...Object.entries(attributes).map(([name, value]): Field => {
      if (typeof value === 'number')
        return [
          5,
          [
            [1, name],
            [3, value],
            [20, 2],
          ],
        ];
      if (typeof value === 'string')
        return [
          5,
          [
            [1, name],
            [4, value],
            [20, 3],
          ],
        ];
      return [5, [[1, name], ...value.map((one): Field => [8, one]), [20, 7]]];
    }),
  ];
  const tensor = (name: string, { shape, values, file }: Constant): readonly Field[] => [
    ...shape.map((size): Field => [1, size]),
    [2, FLOAT],
    [8, name],
    [9, file === undefined ? floatBytes(values) : undefined],
    ...(file === undefined
      ? []
      : [
          [
            13,
            [
              [1, 'location'],
              [2, file],
            ],
          ] as const,
          [14, 1] as const,
        ]),
  ];
  return message([
    [1, 8], // ir_version
    [8, [[2, 17]]], // opset
    [
      7,
      [
        ...nodes.map((one): Field => [1, node(one)]),
        [2, 'graph'],
        ...Object.entries(constants).map(([name, constant]): Field => [5, tensor(name, constant)]),
        ...Object.entries(inputs).map(([name, { type, shape }]): Field => [11, valueInfo(name, type === 'int64' ? INT64 : FLOAT, shape)]),
        [12, valueInfo(output.name, FLOAT, output.shape)],
      ],
    ],
  ]);
}
